import Languages

/// A write into something that another module owns.
enum ForeignState {
  @Sendable static func findings(_ scene: HarmScene, _ change: FileChange) -> [Finding] {
    guard let after = change.after else { return [] }
    let imported = Set(
      after.places.filter { $0.node.kind == .importing }.flatMap { place in
        after.text(place.node).split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
      })
    return change.added.compactMap { index in
      let node = after.node(index)
      guard node.kind == .attribute, node.role == .target || after.isTargetPart(index) else {
        return nil
      }
      var root = index
      while [.attribute, .item].contains(after.node(root).kind),
        let inner = after.children(root).first
      {
        root = inner
      }
      let name = after.node(root).label
      guard after.node(root).kind == .name, imported.contains(name), !isOwn(name, index, after)
      else { return nil }
      return .harm(
        "\(change.place(index)) writes to `\(after.text(index).brief)`, which another module owns")
    }
  }

  private static func isOwn(_ name: String, _ index: Int, _ after: Syntax) -> Bool {
    guard let function = after.function(index) else { return false }
    return !after.bindings(of: name, in: function).isEmpty
      || after.children(function, .parameters).contains { after.node($0).label == name }
  }
}

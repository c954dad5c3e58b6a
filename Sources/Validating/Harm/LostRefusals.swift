import Languages

/// A deliberate refusal that the code had and no longer has: a raise or a check that was deleted.
enum LostRefusals {
  @Sendable static func findings(_ scene: HarmScene, _ change: FileChange) -> [Finding] {
    guard let before = change.before else { return [] }
    var found: [Finding] = []
    for index in change.removed where [.fail, .check].contains(before.node(index).kind) {
      guard !isStillThere(index, before, scene, change) else { continue }
      let line = before.node(index).span.lines.lowerBound
      found.append(
        .harm(
          "\(change.path):\(line) `\(before.text(index).brief)` is gone: what it refused is let in")
      )
    }
    return found + renamed(scene, change)
  }

  /// Another of the same type in the same function, or a helper that raises in its place.
  private static func isStillThere(
    _ index: Int, _ before: Syntax, _ scene: HarmScene, _ change: FileChange
  ) -> Bool {
    guard let after = change.after else { return false }
    let name = before.function(index).map { before.name(of: $0) } ?? ""
    let type = type(of: index, before)
    func count(_ syntax: Syntax, _ kind: SourceNode.Kind) -> Int {
      syntax.places.indices.count { place in
        syntax.node(place).kind == kind && self.type(of: place, syntax) == type
          && (syntax.function(place).map { syntax.name(of: $0) } ?? "") == name
      }
    }
    let kind = before.node(index).kind
    if count(after, kind) >= count(before, kind) { return true }
    // A check that became a raise refuses still; so does a helper.
    if kind == .check, count(after, .fail) > count(before, .fail) { return true }
    let raising = Set(
      after.functions.values.filter { function in
        after.inside(function).contains { after.node($0).kind == .fail }
      }.map { after.node($0).label })
    return change.added.contains { place in
      guard change.function(around: place) == name else { return false }
      if after.node(place).kind == .fail { return true }
      return after.node(place).kind == .call && raising.contains(after.callee(place).lastName)
    }
  }

  private static func type(of index: Int, _ syntax: Syntax) -> String {
    guard syntax.node(index).kind == .fail, let value = syntax.children(index).first else {
      return ""
    }
    return syntax.node(value).kind == .call
      ? syntax.callee(value).lastName : syntax.text(value).lastName
  }

  /// The same crash under another message: a new raise of the failure's own type or of one above it.
  private static func renamed(_ scene: HarmScene, _ change: FileChange) -> [Finding] {
    guard let after = change.after else { return [] }
    let types = scene.lineage.intersection(
      scene.conventions.general.union(scene.conventions.catchAll))
    return change.added.compactMap { index in
      guard after.node(index).kind == .fail, types.contains(type(of: index, after)),
        after.guards(index).contains(where: { $0.kind == .handler && change.isNew($0) })
      else { return nil }
      return .doubt(
        "\(change.place(index)) raises a `\(type(of: index, after))` where one was raised before: callers crash as they did"
      )
    }
  }
}

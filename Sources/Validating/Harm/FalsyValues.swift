import Languages

/// A test for truth where only the missing value fails: zero is a number as good as any other.
enum FalsyValues {
  @Sendable static func findings(_ scene: HarmScene, _ change: FileChange) throws -> [Finding] {
    guard let after = change.after else { return [] }
    var found: [Finding] = []
    for index in change.added {
      guard let asked = asked(index, after, scene),
        let name = InventedAnswers.subjects(asked, after).first,
        try isNumber(name, scene)
      else { continue }
      found.append(
        .doubt(
          "\(change.place(index)) `\(after.text(index).brief)` treats zero as missing, and `\(name)` is a number"
        ))
    }
    return found
  }

  /// What is tested for truth, where something else than its own kind's nothing is taken instead.
  private static func asked(_ index: Int, _ after: Syntax, _ scene: HarmScene) -> Int? {
    let node = after.node(index)
    switch node.kind {
    case .boolean where node.label.hasPrefix("or") || node.label == "||":
      let parts = after.children(index)
      guard node.role != .test, parts.count == 2,
        [.name, .attribute, .item, .call].contains(after.node(parts[0]).kind),
        !["0", "0.0"].contains(after.text(parts[1]))
      else { return nil }
      return parts[0]
    case .unary where (node.label == "not" || node.label == "!") && node.role == .test:
      guard let inner = after.children(index).first,
        [.name, .attribute, .item].contains(after.node(inner).kind)
      else { return nil }
      return inner
    case .name, .attribute, .item: return node.role == .test ? index : nil
    default: return nil
    }
  }

  /// Whether code declares a name as a number.
  private static func isNumber(_ name: String, _ scene: HarmScene) throws -> Bool {
    guard name.count > 1 else { return false }
    return try scene.search(name + ":").contains { match in
      guard scene.conventions.role(match.path) == .source,
        let range = match.text.range(of: name + ":")
      else { return false }
      let words = match.text[range.upperBound...].prefix { $0 != "=" && $0 != "," && $0 != ")" }
        .split { !($0.isLetter || $0.isNumber || $0 == "_") }
      return words.first.map { scene.conventions.numbers.contains(String($0)) } ?? false
        || words.dropFirst().contains {
          scene.conventions.numbers.contains(String($0)) && $0 != "bool"
        }
    }
  }
}

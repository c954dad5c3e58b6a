import Languages

/// A test for truth where only the missing value fails: zero is a number as good as any other.
enum FalsyValues {
  @Sendable static func findings(_ scene: HarmScene, _ change: FileChange) throws -> [Finding] {
    guard let after = change.after else { return [] }
    var found: [Finding] = []
    for index in change.added {
      guard let asked = asked(index, after, scene),
        let name = InventedAnswers.subjects(asked, after).first,
        try declared(asked, after).map({ isNumber($0, scene) }) ?? isNumberSomewhere(name, scene)
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

  /// The declaration of a name that is a parameter of the function around it.
  private static func declared(_ asked: Int, _ after: Syntax) -> String? {
    guard after.node(asked).kind == .name, let function = after.function(asked),
      let parameter = after.children(function, .parameters).first(where: {
        after.node($0).label == after.node(asked).label
      })
    else { return nil }
    return after.child(parameter, .annotation).map(after.text)
  }

  /// Whether code declares a name as a number.
  private static func isNumberSomewhere(_ name: String, _ scene: HarmScene) throws -> Bool {
    guard name.count > 1 else { return false }
    return try scene.search(name + ":").contains { match in
      guard scene.conventions.role(match.path) == .source,
        let range = match.text.range(of: name + ":")
      else { return false }
      let declared = match.text[range.upperBound...].prefix { $0 != "=" && $0 != "," && $0 != ")" }
      return isNumber(String(declared), scene)
    }
  }

  /// `int`, `int | None`, `Optional[int]`; not a list of them.
  private static func isNumber(_ declared: String, _ scene: HarmScene) -> Bool {
    let words = declared.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
      .drop { scene.conventions.absences.contains($0) }
    return words.first.map(scene.conventions.numbers.contains) ?? false
  }
}

import Failures
import Languages

/// A new comparison with a constant that the failing input holds and that no other code knows.
enum HardCodedInputs {
  @Sendable static func findings(_ scene: HarmScene, _ change: FileChange) throws -> [Finding] {
    guard let after = change.after else { return [] }
    let input = Set(scene.reproduction.program.literals.flatMap(\.telling))
    var found: [Finding] = []
    for index in change.added where after.node(index).kind == .literal {
      guard isCompared(index, after), let value = telling(index, after),
        input.contains(value)
          || input.contains(where: { $0.count > 7 && value.count > 5 && $0.contains(value) }),
        try !isKnown(value, scene, change)
      else { continue }
      found.append(
        .harm("\(change.place(index)) compares with a constant that only the failing input holds"))
    }
    return found
  }

  /// A text of some length, or a number that is not round: small ones are everywhere.
  private static func telling(_ index: Int, _ after: Syntax) -> String? {
    let text = after.text(index)
    switch after.node(index).label {
    case "string", "bytes":
      let inner = text.drop { $0 == "b" || $0 == "r" || $0 == "u" }
      let plain = String(inner).unquoted
      return plain.count > 2 ? plain : nil
    case "integer", "float": return text.isTellingNumber ? text : nil
    default: return nil
    }
  }

  private static func isCompared(_ index: Int, _ after: Syntax) -> Bool {
    for outer in after.around(index).prefix(4) {
      let node = after.node(outer)
      if node.kind == .comparison { return true }
      if node.kind == .call,
        ["startswith", "endswith", "match", "fullmatch", "search", "find"]
          .contains(after.callee(outer).lastName)
      {
        return true
      }
      if ![.list, .tuple, .set, .map, .entry, .argument, .unary, .item].contains(node.kind),
        node.role != .test
      {
        return node.role == .key
      }
      if node.kind == .other { return true }
    }
    return false
  }

  private static func isKnown(
    _ value: String, _ scene: HarmScene, _ change: FileChange
  ) throws -> Bool {
    if let before = change.before {
      let isThere = before.places.contains {
        $0.node.kind == .literal && before.text($0.node).contains(value)
      }
      if isThere { return true }
    }
    return try scene.search(value).contains {
      [.source, .document].contains(scene.conventions.role($0.path)) && $0.path != change.path
    }
  }
}

extension Program {
  /// Every literal of the program.
  var literals: [CapturedValue] {
    let expressions = setup.flatMap(\.expressions) + [entry]
    return expressions.flatMap(\.values)
  }
}

extension Expression {
  fileprivate var values: [CapturedValue] {
    if case .value(let value) = self { return [value] }
    return children.flatMap(\.values)
  }
}

extension CapturedValue {
  /// Texts and numbers inside that can be told from others.
  fileprivate var telling: [String] {
    switch self {
    case .string(let text): [text]
    // The sign is an operator in code, and stands outside the literal.
    case .integer(let digits): digits.isTellingNumber ? [digits.withoutSign] : []
    case .float(let number): "\(number)".isTellingNumber ? ["\(number)".withoutSign] : []
    case .decimal(let text), .uuid(let text), .path(let text): [text]
    default: children.flatMap(\.telling)
    }
  }
}

extension String {
  fileprivate var withoutSign: String { String(drop { $0 == "-" }) }

  /// Three digits or more, and not a round number, a power of two or a limit that everybody knows.
  fileprivate var isTellingNumber: Bool {
    let digits = filter(\.isNumber).drop { $0 == "0" }
    let rounded = digits.reversed().drop { $0 == "0" || $0 == "9" }
    guard digits.count > 2, rounded.count > 1 else { return false }
    guard let number = UInt64(digits) else { return true }
    return number & (number - 1) != 0 && number & (number + 1) != 0
  }
}

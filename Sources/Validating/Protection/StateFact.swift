import Languages

/// What is known of the state where a test holds, or where it does not. Expressions are texts without blanks.
enum StateFact: Sendable, Hashable {
  /// The missing value.
  case nothing(String)
  /// What counts as false: nothing, zero, no items.
  case empty(String)
  case zero(String)
  /// A collection with fewer items.
  case shorter(String, than: Int)
  /// A position behind the last.
  case beyond(key: String, of: String)
  case lacks(key: String, of: String)
  case lacksAttribute(String, of: String)

  /// The names that it is about.
  var names: Set<String> {
    let texts: [String] =
      switch self {
      case .nothing(let value), .empty(let value), .zero(let value), .shorter(let value, _): [value]
      case .beyond(let key, let base), .lacks(let key, let base): [key, base]
      case .lacksAttribute(_, let base): [base]
      }
    return Set(
      texts.flatMap { text in
        text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
      })
  }
}

/// The facts that follow from a test: several ways in which it may hold, each with all that is known then.
struct TestFacts {
  let syntax: Syntax
  let nothing: String
  let conventions: Conventions

  func ways(_ test: Int, holds: Bool) -> [[StateFact]] {
    let node = syntax.node(test)
    switch node.kind {
    case .boolean:
      let parts = syntax.children(test).map { ways($0, holds: holds) }
      // "a and b" holds with all of both; it does not hold where either does not.
      guard (node.label == "and") == holds else { return parts.flatMap(\.self) }
      return parts.reduce([[]]) { known, more in
        known.flatMap { facts in more.map { facts + $0 } }
      }
    case .unary where node.label == "not":
      return syntax.children(test).first.map { ways($0, holds: !holds) } ?? [[]]
    case .comparison:
      let parts = syntax.children(test)
      guard parts.count == 2 else { return [[]] }
      return [comparison(node.label, parts[0], parts[1], holds)]
    case .name, .attribute, .item, .call: return [holds ? [] : absence(test)]
    default: return [[]]
    }
  }

  /// What a value is that counts as false.
  private func absence(_ index: Int) -> [StateFact] {
    if let counted = counted(index) { return [.shorter(counted, than: 1)] }
    if syntax.node(index).kind == .call, conventions.attributeTests.contains(syntax.callee(index)) {
      let arguments = syntax.children(index, .arguments)
      guard arguments.count == 2 else { return [] }
      return [.lacksAttribute(syntax.flat(arguments[1]).unquoted, of: syntax.flat(arguments[0]))]
    }
    return [.empty(syntax.flat(index))]
  }

  /// What a call counts the items of.
  private func counted(_ index: Int) -> String? {
    guard syntax.node(index).kind == .call, conventions.counting.contains(syntax.callee(index))
    else { return nil }
    return syntax.children(index, .arguments).first.map(syntax.flat)
  }

  private static let opposites = [
    "==": "!=", "!=": "==", "is": "is not", "is not": "is", "<": ">=", ">=": "<", ">": "<=",
    "<=": ">", "in": "not in", "not in": "in",
  ]
  private static let mirrored = ["<": ">", ">": "<", "<=": ">=", ">=": "<="]

  private func comparison(
    _ sign: String, _ left: Int, _ right: Int, _ holds: Bool
  ) -> [StateFact] {
    guard let sign = holds ? sign : Self.opposites[sign] else { return [] }
    let (one, other) = (syntax.flat(left), syntax.flat(right))
    switch sign {
    case "is", "==":
      if other == nothing { return [.nothing(one)] }
      if let number = Int(other), number >= 0, let counted = counted(left) {
        return [.shorter(counted, than: number + 1)]
      }
      if ["0", "0.0"].contains(other) { return [.zero(one)] }
      return other.unquoted.isEmpty || ["[]", "{}", "()"].contains(other) ? [.empty(one)] : []
    case "not in": return [.lacks(key: one, of: other)]
    case "<", "<=", ">", ">=":
      if let counted = counted(left) {
        return order(sign, counted, other)
      }
      guard let counted = counted(right), let turned = Self.mirrored[sign]
      else { return [] }
      return order(turned, counted, one)
    default: return []
    }
  }

  /// `len(counted)` compared with something.
  private func order(_ sign: String, _ counted: String, _ bound: String) -> [StateFact] {
    switch (sign, Int(bound)) {
    case ("<", let number?): [.shorter(counted, than: number)]
    case ("<=", let number?): [.shorter(counted, than: number + 1)]
    case ("<=", nil): [.beyond(key: bound, of: counted)]
    default: []
    }
  }
}

extension Syntax {
  /// The text of a place without blanks and with one kind of quotes.
  func flat(_ index: Int) -> String {
    String(text(index).filter { !$0.isWhitespace }.map { $0 == "\"" ? "'" : $0 })
  }
}

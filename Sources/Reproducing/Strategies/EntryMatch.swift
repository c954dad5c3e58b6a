import Languages

/// Finds the part of a caller's expression that made the call which a frame shows.
struct EntryMatch {
  let function: FunctionDescription
  /// The name of the type under construction, where that is not the one that defines the initializer.
  var constructed: String?

  /// The smallest expression that makes the call and can stand alone; `nil` if none is recognised.
  func smallest(in expression: Expression) -> Expression? {
    if case .closure = expression { return nil }
    // Items and operators nest in their own kind: the outermost one holds the one that failed.
    if isOperation(expression), matches(expression) { return expression }
    if case .comprehension = expression {
      return expression.children.contains { smallest(in: $0) != nil } ? expression : nil
    }
    for child in expression.children {
      if let found = smallest(in: child) {
        // An awaited call is completed by whoever awaits it.
        if case .awaited = expression { return expression }
        return found
      }
    }
    return matches(expression) ? expression : nil
  }

  private func isOperation(_ expression: Expression) -> Bool {
    switch expression {
    case .item, .comparison, .binary: true
    default: false
    }
  }

  private func matches(_ expression: Expression) -> Bool {
    let name = function.definition.name
    switch expression {
    case .call(let callee, _):
      if function.role == .initializer {
        let owner = function.symbol.path.dropLast().last
        return callee.spelledName == owner || callee.spelledName == constructed
      }
      return callee.spelledName == name
    case .attribute(_, let attribute): return function.role == .property && attribute == name
    case .item: return name == "__getitem__" || name == "__missing__"
    case .comparison(_, let parts):
      return parts.contains { Self.comparisons[$0.operation] == name }
    case .binary(_, let operation, _): return Self.operators[operation] == name
    default: return false
    }
  }

  private static let comparisons = [
    "==": "__eq__", "!=": "__ne__", "<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__",
    "in": "__contains__",
  ]
  private static let operators = [
    "+": "__add__", "-": "__sub__", "*": "__mul__", "/": "__truediv__", "%": "__mod__",
    "|": "__or__", "&": "__and__", "//": "__floordiv__",
  ]
}

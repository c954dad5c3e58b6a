extension Program {
  /// The program with its inputs changed, in the order of reading, the entry's first: they are nearest to the failure.
  /// `change` answers what stands in an expression's place, or `nil` to look inside it. What names things is no input:
  /// callees, names of arguments, and the first text of a step, which says what it does to what (`SELECT …`).
  public func mapInputs(_ change: (Expression) -> Expression?) -> Program {
    func walk(_ expression: Expression) -> Expression {
      if let changed = change(expression) { return changed }
      guard case .call(let callee, let arguments) = expression else {
        return expression.mapChildren(walk)
      }
      return .call(walk(callee), arguments.map { Argument($0.label, argument($0)) })
    }
    func argument(_ argument: Argument) -> Expression {
      guard case .namedSpread = argument.label, case .map(let pairs) = argument.value else {
        return walk(argument.value)
      }
      return .map(pairs.map { ExpressionPair(key: $0.key, value: walk($0.value)) })
    }
    func step(_ statement: Statement) -> Statement {
      switch statement.kind {
      case .bind(let target, let value):
        Statement(.bind(target, walk(value)), lines: statement.lines)
      case .evaluate(.call(let callee, let arguments)) where arguments.first?.value.isText ?? false:
        Statement(
          .evaluate(
            .call(
              callee,
              arguments.prefix(1) + arguments.dropFirst().map { Argument($0.label, argument($0)) })),
          lines: statement.lines)
      case .evaluate(let value): Statement(.evaluate(walk(value)), lines: statement.lines)
      default: statement
      }
    }
    var changed = self
    changed.entry = walk(entry)
    changed.setup = setup.map(step)
    return changed
  }
}

extension Expression {
  fileprivate var isText: Bool {
    if case .value(.string) = self { true } else { false }
  }
}

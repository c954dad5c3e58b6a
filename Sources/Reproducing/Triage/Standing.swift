import Languages

/// How a statement stands in its function: what was tested to get there, and who is prepared for its failure.
struct Standing {
  struct Condition {
    var test: Expression
    var holds: Bool
    var line: Int
  }

  var statement: Statement
  /// Statements that ran before, in order, those of blocks around it included.
  var before: [Statement] = []
  /// Outermost first.
  var conditions: [Condition] = []
  /// Of the attempts whose body it stands in.
  var handlers: [ExceptionHandler] = []
  /// The attempt in one of whose handlers it stands, and that handler.
  var recovery: (attempt: [Statement], handler: ExceptionHandler)?

  init?(line: Int, in statements: [Statement]) {
    guard let position = statements.firstIndex(where: { $0.lines.contains(line) }) else {
      return nil
    }
    let statement = statements[position]
    self.statement = statement
    before = Array(statements[..<position])
    enter(statement, line)
  }

  private mutating func enter(_ outer: Statement, _ line: Int) {
    switch outer.kind {
    case .branch(let test, let then, let otherwise):
      let condition = { Condition(test: test, holds: $0, line: outer.lines.lowerBound) }
      if descend(then, line) {
        conditions.insert(condition(true), at: 0)
      } else if descend(otherwise, line) {
        conditions.insert(condition(false), at: 0)
      }
    case .forEach(let target, let iterable, let body):
      if descend(body, line, after: [Statement(.bind(target, iterable), lines: outer.lines)]) {
        return
      }
    case .loop(_, let body): _ = descend(body, line)
    case .with(let items, let body):
      let opening = items.compactMap { item in
        item.target.map { Statement(.bind($0, item.resource), lines: outer.lines) }
      }
      _ = descend(body, line, after: opening)
    case .attempt(let body, let handlers, let otherwise, let finally):
      if descend(body, line) {
        self.handlers = handlers + self.handlers
        return
      }
      for handler in handlers where descend(handler.body, line, after: body) {
        if recovery == nil { recovery = (body, handler) }
        return
      }
      if descend(otherwise, line, after: body) || descend(finally, line, after: body) { return }
    case .define(let function):
      before = []
      _ = descend(function.body, line)
    default: return
    }
  }

  private mutating func descend(
    _ block: [Statement], _ line: Int, after opening: [Statement] = []
  ) -> Bool {
    guard let inner = Standing(line: line, in: block) else { return false }
    statement = inner.statement
    before += opening + inner.before
    conditions = inner.conditions
    handlers = inner.handlers
    recovery = inner.recovery
    return true
  }

  /// Handlers of attempts before it that swallowed a failure, to try again.
  var abandoned: [ExceptionHandler] {
    before.flatMap(\.flattened).flatMap { statement -> [ExceptionHandler] in
      guard case .attempt(_, let handlers, _, _) = statement.kind else { return [] }
      return handlers.filter { !$0.passesOn }
    }
  }

  /// The calls that the statement itself makes, outermost first.
  var calls: [Call] { statement.expressions.flatMap(\.calls) }
}

/// A call in the source.
struct Call {
  var callee: Expression
  var arguments: [Argument]
  var name: String? { callee.spelledName }
}

extension Expression {
  /// This expression and all inside it.
  var all: [Expression] { [self] + children.flatMap(\.all) }

  var calls: [Call] {
    all.compactMap { expression in
      if case .call(let callee, let arguments) = expression {
        Call(callee: callee, arguments: arguments)
      } else {
        nil
      }
    }
  }

  var text: String? {
    if case .value(.string(let text)) = self { text } else { nil }
  }
}

extension ExceptionHandler {
  /// Whether it is prepared for anything at all.
  var isBroad: Bool {
    types.isEmpty || types.contains { ["Exception", "BaseException"].contains($0.spelledName) }
  }

  /// Whether it passes the failure on, as it is or as another one.
  var passesOn: Bool {
    body.flatMap(\.flattened).contains { if case .fail = $0.kind { true } else { false } }
  }
}

import Failures
import Languages

/// The statement that a frame stood at, with what ran before it in the same function.
struct Focus {
  /// Statements that ran before, in order; those around the focus are opened up.
  var before: [Statement] = []
  var statement: Statement
  /// Types of exceptions for which the code around the focus is prepared.
  var handled: [Expression] = []
  /// The loops around the focus, outermost first.
  var loops: [Statement] = []

  /// Finds the innermost statement at `line` among `statements`.
  init?(line: Int, in statements: [Statement]) {
    guard let position = statements.firstIndex(where: { $0.lines.contains(line) }) else {
      return nil
    }
    let statement = statements[position]
    self.statement = statement
    before = statements[..<position].flatMap(\.openedUp)
    for block in statement.blocks {
      guard let inner = Focus(line: line, in: block.statements) else { continue }
      self.statement = inner.statement
      before += block.opening + inner.before
      handled = block.handled + inner.handled
      if case .forEach = statement.kind { loops = [statement] }
      loops += inner.loops
      if case .define = statement.kind { before = inner.before }
      return
    }
  }

  /// What the statement computes: the value bound, the result given, the condition tested.
  var expression: Expression? {
    switch statement.kind {
    case .bind(_, let value), .evaluate(let value), .update(_, _, let value): value
    case .give(let value), .fail(let value): value
    case .branch(let test, _, _), .loop(let test, _), .check(let test, _): test
    case .forEach(_, let iterable, _): .drained(iterable)
    case .with(let items, _): items.first?.resource
    default: nil
    }
  }
}

/// Statements inside a statement, and what entering them did.
private struct Block {
  var statements: [Statement]
  var opening: [Statement] = []
  var handled: [Expression] = []
}

extension Statement {
  /// What ran when the statement ended well: the statements in an attempt or around a resource stand on their own.
  fileprivate var openedUp: [Statement] {
    switch kind {
    case .attempt(let body, _, let otherwise, let finally):
      (body + otherwise + finally).flatMap(\.openedUp)
    case .with(let items, let body): items.map(\.opening) + body.flatMap(\.openedUp)
    default: [self]
    }
  }

  fileprivate var blocks: [Block] {
    switch kind {
    case .branch(_, let then, let otherwise):
      [Block(statements: then), Block(statements: otherwise)]
    case .forEach(_, _, let body): [Block(statements: body)]
    case .loop(_, let body): [Block(statements: body)]
    case .with(let items, let body):
      [Block(statements: body, opening: items.map(\.opening))]
    case .attempt(let body, let handlers, let otherwise, let finally):
      [Block(statements: body, handled: handlers.flatMap(\.types))]
        + handlers.map { Block(statements: $0.body) }
        + [Block(statements: otherwise), Block(statements: finally)]
    case .define(let function): [Block(statements: function.body)]
    default: []
    }
  }
}

extension ContextItem {
  /// The statement that entering stands for.
  fileprivate var opening: Statement {
    guard let target else { return Statement(.evaluate(resource)) }
    return Statement(.bind(target, .call(.attribute(resource, "__enter__"), [])))
  }
}

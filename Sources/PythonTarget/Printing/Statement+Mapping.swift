import Languages

extension Statement {
  /// The same statement with every expression in it, nested ones included, replaced.
  func mapExpressions(_ transform: (Expression) throws -> Expression) rethrows -> Statement {
    func all(_ statements: [Statement]) throws -> [Statement] {
      try statements.map { try $0.mapExpressions(transform) }
    }
    var copy = self
    switch kind {
    case .bind(let target, let value): copy.kind = .bind(target, try transform(value))
    case .update(let target, let operation, let value):
      copy.kind = .update(target, operation, try transform(value))
    case .evaluate(let value): copy.kind = .evaluate(try transform(value))
    case .give(let value): copy.kind = .give(try value.map(transform))
    case .fail(let value): copy.kind = .fail(try value.map(transform))
    case .check(let test, let message):
      copy.kind = .check(try transform(test), message: try message.map(transform))
    case .branch(let test, let then, let otherwise):
      copy.kind = .branch(
        test: try transform(test), then: try all(then), otherwise: try all(otherwise))
    case .forEach(let target, let iterable, let body):
      copy.kind = .forEach(target: target, iterable: try transform(iterable), body: try all(body))
    case .loop(let test, let body):
      copy.kind = .loop(test: try transform(test), body: try all(body))
    case .with(let items, let body):
      copy.kind = .with(
        try items.map { ContextItem(resource: try transform($0.resource), target: $0.target) },
        body: try all(body))
    case .attempt(let body, let handlers, let otherwise, let finally):
      copy.kind = .attempt(
        body: try all(body),
        handlers: try handlers.map {
          ExceptionHandler(types: $0.types, name: $0.name, body: try all($0.body))
        }, otherwise: try all(otherwise), finally: try all(finally))
    case .define(var function):
      function.body = try all(function.body)
      copy.kind = .define(function)
    case .importing, .pass, .unsupported: break
    }
    return copy
  }
}

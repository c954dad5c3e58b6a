import Languages

/// Every name that a source uses as its own, so that no import takes one.
struct LocalNames {
  private(set) var all: Set<String> = []

  mutating func collect(_ expression: Expression) {
    switch expression {
    case .name(let name): all.insert(name)
    case .closure(let parameters, _):
      all.formUnion(parameters.map { String($0.drop { $0 == "*" }) })
    default: break
    }
    for child in expression.children { collect(child) }
  }

  mutating func collect(_ statements: [Statement]) {
    for statement in statements.flatMap(\.flattened) {
      for expression in statement.expressions { collect(expression) }
      switch statement.kind {
      case .attempt(_, let handlers, _, _):
        for handler in handlers {
          if let name = handler.name { all.insert(name) }
          for type in handler.types { collect(type) }
        }
      case .define(let function): collect(function)
      default: break
      }
    }
  }

  private mutating func collect(_ function: FunctionDefinition) {
    all.insert(function.name)
    for decorator in function.decorators { collect(decorator) }
    if let returns = function.returns { collect(returns) }
    for parameter in function.parameters {
      all.insert(parameter.name)
      for part in [parameter.annotation, parameter.standard] {
        if let part { collect(part) }
      }
    }
  }
}

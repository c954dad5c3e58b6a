import Failures
import Languages

/// What every program that was made from evidence has to be: all its names are bound before they are read, and it names nothing
/// but what it may.
struct ClosedProgram {
  let allowed: Set<Symbol>
  static let unbound = " is read before it is bound"
  private(set) var objections: [String] = []

  init(_ program: Program, allowed: Set<Symbol>) {
    self.allowed = allowed
    var bound = Set<String>()
    for statement in program.setup { check(statement, &bound) }
    check(program.entry, bound)
  }

  private mutating func check(_ statement: Statement, _ bound: inout Set<String>) {
    switch statement.kind {
    case .bind(let target, let value):
      check(value, bound)
      bind(target, &bound)
    case .update(let target, _, let value):
      check(value, bound)
      check(target, bound)
    case .evaluate(let value): check(value, bound)
    case .give(let value):
      if let value { check(value, bound) }
    case .branch(let test, let then, let otherwise):
      check(test, bound)
      // Production took one of them: names of both count as bound, so only their order is judged.
      for inner in then + otherwise { check(inner, &bound) }
    case .forEach(let target, let iterable, let body):
      check(iterable, bound)
      bind(target, &bound)
      for inner in body { check(inner, &bound) }
    case .define(let function):
      var inside = bound.union(function.parameters.map(\.name)).union([function.name])
      for inner in function.body { check(inner, &inside) }
      bound.insert(function.name)
    case .pass: break
    default: objections.append("a statement that may not be taken over: \(statement.kind)")
    }
  }

  private mutating func bind(_ target: Expression, _ bound: inout Set<String>) {
    switch target {
    case .name(let name): bound.insert(name)
    case .tuple(let items), .list(let items): for item in items { bind(item, &bound) }
    default: check(target, bound)
    }
  }

  private mutating func check(_ expression: Expression, _ bound: Set<String>) {
    switch expression {
    case .name(let name):
      if !bound.contains(name) { objections.append("`\(name)`" + Self.unbound) }
    case .symbol(let symbol):
      if !allowed.contains(symbol) { objections.append("`\(symbol.entry)` may not be named") }
    case .attribute(let base, let name):
      if name.hasPrefix("__"), name != "__enter__" { objections.append("attribute `\(name)`") }
      check(base, bound)
    case .unsupported(let kind): objections.append("a \(kind)")
    case .closure(let parameters, let body): check(body, bound.union(parameters))
    case .comprehension(let comprehension):
      let inside = bound.union(comprehension.clauses.flatMap(\.target.freeNames))
      for child in expression.children { check(child, inside) }
    default: for child in expression.children { check(child, bound) }
    }
  }
}

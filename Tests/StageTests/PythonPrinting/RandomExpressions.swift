import Failures
import Languages

/// Expressions of every form that can be printed.
struct RandomExpressions {
  var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[generator.below(choices.count)]
  }

  mutating func expression(_ depth: Int) -> Expression {
    if depth == 0 { return leaf() }
    switch generator.below(21) {
    case 0, 1: return leaf()
    case 2: return .attribute(expression(depth - 1), pick(["name", "value", "items"]))
    case 3: return .item(expression(depth - 1), index(depth - 1))
    case 4, 5, 6: return .call(expression(depth - 1), arguments(depth - 1))
    case 7: return .list(expressions(depth - 1))
    case 8: return .tuple(expressions(depth - 1))
    case 9: return .set(expressions(depth - 1) + [leaf()])
    case 10: return .map(pairs(depth - 1))
    case 11: return .unary(pick(["not", "-", "+", "~"]), expression(depth - 1))
    case 12, 13:
      let operation = pick(["+", "-", "*", "/", "//", "%", "@", "**", "<<", ">>", "&", "|", "^"])
      return .binary(expression(depth - 1), operation, expression(depth - 1))
    case 14:
      let parts = (0...generator.below(2)).map { _ in
        ComparisonPart(
          pick(["==", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in"]),
          expression(depth - 1))
      }
      return .comparison(expression(depth - 1), parts)
    case 15, 16:
      return .boolean(
        pick(["and", "or"]),
        [expression(depth - 1), expression(depth - 1)] + expressions(depth - 1))
    case 17:
      return .conditional(
        test: expression(depth - 1), then: expression(depth - 1), otherwise: expression(depth - 1))
    case 18:
      return .closure(parameters: pick([[], ["x"], ["x", "*rest"]]), body: expression(depth - 1))
    case 19: return .comprehension(comprehension(depth - 1))
    default: return .drained(expression(depth - 1))
    }
  }

  private mutating func leaf() -> Expression {
    switch generator.below(8) {
    case 0: .value(.integer("\(generator.below(400) - 200)"))
    case 1: .value(.float(pick([1.5, -0.5, 1e16])))
    case 2: .value(.string(pick(["a", "", "it's", "say \"no\""])))
    case 3: .value(pick([.null, .bool(true), .list([]), .tuple([.null]), .tuple([])]))
    default: .name(pick(["a", "b", "total", "customer", "order_lines"]))
    }
  }

  private mutating func expressions(_ depth: Int) -> [Expression] {
    (0..<generator.below(4)).map { _ in expression(depth) }
  }

  private mutating func index(_ depth: Int) -> Expression {
    func part(_ random: inout RandomExpressions) -> Expression? {
      random.generator.below(2) == 0 ? nil : random.expression(depth)
    }
    switch generator.below(4) {
    case 0: return .slice(from: part(&self), to: part(&self), by: part(&self))
    case 1:
      return .tuple([expression(depth), .slice(from: part(&self), to: part(&self), by: nil)])
    default: return expression(depth)
    }
  }

  private mutating func arguments(_ depth: Int) -> [Argument] {
    var arguments = expressions(depth).map { Argument(.positional, $0) }
    if generator.below(4) == 0 { arguments.append(Argument(.spread, expression(depth))) }
    if generator.below(3) == 0 { arguments.append(Argument(.named("key"), expression(depth))) }
    if generator.below(5) == 0 { arguments.append(Argument(.namedSpread, expression(depth))) }
    return arguments
  }

  private mutating func pairs(_ depth: Int) -> [ExpressionPair] {
    (0..<generator.below(4)).map { _ in
      ExpressionPair(
        key: generator.below(6) == 0 ? nil : expression(depth), value: expression(depth))
    }
  }

  private mutating func comprehension(_ depth: Int) -> Comprehension {
    let kind: Comprehension.Kind = pick([.list, .set, .map, .lazy])
    let targets: [Expression] = [.name("x"), .tuple([.name("x"), .name("y")])]
    let clauses = (0...generator.below(2)).map { _ in
      Comprehension.Clause(
        target: pick(targets), iterable: expression(depth),
        conditions: generator.below(2) == 0 ? [] : [expression(depth)])
    }
    return Comprehension(
      kind: kind, key: kind == .map ? expression(depth) : nil, element: expression(depth),
      clauses: clauses)
  }
}

/// Prints with parentheses around everything, so that precedence cannot matter.
enum ParenthesisedForm {
  static func of(_ expression: Expression) -> String { "(" + bare(expression) + ")" }

  private static func all(_ expressions: [Expression]) -> String {
    expressions.map { of($0) + "," }.joined()
  }

  private static func bare(_ expression: Expression) -> String {
    switch expression {
    case .value(let value): return (try? PythonPrinterLiteral.of(value)) ?? "?"
    case .name(let name): return name
    case .attribute(let base, let name): return of(base) + "." + name
    case .item(let base, let index): return of(base) + "[" + subscripted(index) + "]"
    case .call(let callee, let arguments):
      return of(callee) + "(" + arguments.map(argument).joined(separator: ",") + ")"
    case .list(let items): return "[" + all(items) + "]"
    case .tuple(let items): return "(" + all(items) + ")"
    case .set(let items): return "{" + all(items) + "}"
    case .map(let pairs):
      return "{"
        + pairs.map { pair in (pair.key.map { of($0) + ":" } ?? "**") + of(pair.value) + "," }
        .joined() + "}"
    case .unary(let operation, let operand): return operation + of(operand)
    case .binary(let left, let operation, let right): return of(left) + operation + of(right)
    case .comparison(let first, let parts):
      return of(first) + parts.map { " \($0.operation) " + of($0.operand) }.joined()
    case .boolean(let operation, let operands):
      return operands.map(of).joined(separator: " \(operation) ")
    case .conditional(let test, let then, let otherwise):
      return of(then) + " if " + of(test) + " else " + of(otherwise)
    case .closure(let parameters, let body):
      return "lambda " + parameters.joined(separator: ",") + ":" + of(body)
    case .comprehension(let comprehension): return self.comprehension(comprehension)
    case .drained(let inner): return "list(" + of(inner) + ")"
    default: return "?"
    }
  }

  private static func subscripted(_ index: Expression) -> String {
    switch index {
    case .slice(let from, let to, let by):
      return (from.map(of) ?? "") + ":" + (to.map(of) ?? "") + (by.map { ":" + of($0) } ?? "")
    case .tuple(let parts) where !parts.isEmpty:
      return parts.map { part in
        if case .slice = part { subscripted(part) + "," } else { of(part) + "," }
      }.joined()
    default: return of(index)
    }
  }

  private static func argument(_ argument: Argument) -> String {
    switch argument.label {
    case .positional: of(argument.value)
    case .named(let name): name + "=" + of(argument.value)
    case .spread: "*" + of(argument.value)
    case .namedSpread: "**" + of(argument.value)
    }
  }

  private static func comprehension(_ comprehension: Comprehension) -> String {
    let clauses = comprehension.clauses.map { clause in
      " for " + bare(clause.target) + " in " + of(clause.iterable)
        + clause.conditions.map { " if " + of($0) }.joined()
    }.joined()
    let element = (comprehension.key.map { of($0) + ":" } ?? "") + of(comprehension.element)
    switch comprehension.kind {
    case .list: return "[" + element + clauses + "]"
    case .set, .map: return "{" + element + clauses + "}"
    case .lazy: return "(" + element + clauses + ")"
    }
  }
}

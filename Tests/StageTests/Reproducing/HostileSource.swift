import Failures
import Languages

/// Source that a caller may show, with names and attributes that must not be taken over mixed in.
struct HostileSource {
  var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  private static let names = [
    "a", "b", "c", "row", "rows", "basket", "total", "Basket", "shop", "len", "key", "eval", "os",
    "getattr", "open",
    "subprocess", "__builtins__",
  ]
  private static let attributes = [
    "rate", "add", "items", "get", "__class__", "__globals__", "system", "pricing", "os", "total",
    "append",
  ]

  mutating func pick<Element>(_ items: [Element]) -> Element { items[generator.below(items.count)] }

  mutating func expression(depth: Int) -> Expression {
    guard depth > 0 else {
      return generator.below(3) == 0 ? .value(value(depth: 0)) : .name(pick(Self.names))
    }
    switch generator.below(16) {
    case 0, 1: return .name(pick(Self.names))
    case 2: return .value(value(depth: 1))
    case 3, 4: return .attribute(expression(depth: depth - 1), pick(Self.attributes))
    case 5: return .item(expression(depth: depth - 1), .value(.string(pick(["a", "b"]))))
    case 6, 7, 8: return .call(expression(depth: depth - 1), arguments(depth: depth - 1))
    case 9: return .call(.name(pick(["total", "Basket", "len"])), arguments(depth: depth - 1))
    case 10:
      return .call(.attribute(.name("row"), "get"), [Argument(.positional, .value(.string("a")))])
    case 11: return .closure(parameters: [pick(["a", "row"])], body: expression(depth: depth - 1))
    case 12: return comprehension(depth: depth - 1)
    case 13: return .binary(expression(depth: depth - 1), "+", expression(depth: depth - 1))
    case 14:
      return pick([.list([expression(depth: depth - 1)]), .tuple([expression(depth: depth - 1)])])
    default:
      return generator.below(6) == 0
        ? .unsupported("ellipsis") : .awaited(expression(depth: depth - 1))
    }
  }

  private mutating func arguments(depth: Int) -> [Argument] {
    (0..<generator.below(3)).map { _ in
      let label: Argument.Label = pick([
        .positional, .positional, .named("rate"), .spread, .namedSpread,
      ])
      return Argument(label, expression(depth: depth))
    }
  }

  private mutating func comprehension(depth: Int) -> Expression {
    let clause = Comprehension.Clause(
      target: pick([.name("row"), .tuple([.name("a"), .name("b")])]),
      iterable: expression(depth: depth),
      conditions: generator.below(2) == 0 ? [expression(depth: depth)] : [])
    return .comprehension(
      Comprehension(
        kind: pick([.list, .set, .lazy]), element: expression(depth: depth), clauses: [clause]))
  }

  mutating func statement(depth: Int) -> Statement {
    let name = Expression.name(pick(["a", "b", "c", "row", "basket", "key"]))
    switch generator.below(depth > 0 ? 12 : 6) {
    case 0, 1, 2: return Statement(.bind(name, expression(depth: 2)))
    case 3: return Statement(.update(name, "+", expression(depth: 1)))
    case 4:
      return Statement(
        .evaluate(.call(.attribute(name, pick(Self.attributes)), arguments(depth: 1))))
    case 5: return Statement(.bind(.item(name, .value(.string("a"))), expression(depth: 1)))
    case 6: return Statement(.bind(.attribute(name, pick(Self.attributes)), expression(depth: 1)))
    case 7: return Statement(.bind(.tuple([name, .name("b")]), expression(depth: 2)))
    case 8:
      return Statement(
        .branch(
          test: expression(depth: 1), then: [statement(depth: depth - 1)],
          otherwise: [statement(depth: depth - 1)]))
    case 9:
      return Statement(
        .forEach(
          target: .name(pick(["row", "c"])), iterable: expression(depth: 1),
          body: [statement(depth: depth - 1)]))
    case 10: return Statement(.define(function("key", depth: depth - 1)))
    default:
      return pick([
        Statement(.loop(test: .value(.bool(true)), body: [])), Statement(.unsupported("Delete")),
        Statement(.fail(nil)),
        Statement(.importing([Import(module: "os", name: "a")])),
        Statement(.with([ContextItem(resource: expression(depth: 1), target: name)], body: [])),
      ])
    }
  }

  private mutating func function(_ name: String, depth: Int) -> FunctionDefinition {
    FunctionDefinition(
      name: name, parameters: [Parameter(name: pick(["row", "c"]))],
      body: (0...generator.below(2)).map { _ in statement(depth: depth) } + [
        Statement(.give(expression(depth: 2)))
      ])
  }

  mutating func definitions() -> [String: FunctionDefinition] {
    generator.below(2) == 0 ? [:] : ["key": function("key", depth: 1)]
  }

  mutating func variables() -> [String: CapturedValue] {
    var found: [String: CapturedValue] = [:]
    for name in ["a", "b", "row", "rows", "basket"] where generator.below(2) == 0 {
      found[name] = value(depth: 2)
    }
    return found
  }

  private mutating func value(depth: Int) -> CapturedValue {
    switch generator.below(depth > 0 ? 9 : 4) {
    case 0: return .integer("\(generator.below(20))")
    case 1: return .string(pick(["", "a", "b"]))
    case 2: return .null
    case 3: return .bool(true)
    case 4: return .list((0..<generator.below(4)).map { _ in value(depth: depth - 1) })
    case 5, 6:
      return .map([MapEntry(key: .string(pick(["a", "b"])), value: value(depth: depth - 1))])
    case 7: return .opaque(type: pick(["Basket", "os._Environ"]), description: "")
    default:
      return .truncated(known: .list([value(depth: depth - 1)]), certain: generator.below(2) == 0)
    }
  }
}

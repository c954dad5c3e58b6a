import Failures
import Languages
import Testing

@testable import Reproducing

/// A frame's function called with what the event shows of its arguments.
@Suite struct FrameCallTests {
  private static let basket = Symbol(module: "shop.pricing", path: ["Basket"])

  private func proposal(
    _ function: FunctionDescription, _ variables: [NamedValue],
    types: [String: TypeDescription] = [:]
  ) throws -> Proposal {
    let name = function.definition.name
    let session = StageSituation.session(functions: [name: function], types: types)
    let event = StageSituation.event([StageSituation.frame("shop/pricing.py", name, variables)])
    let evidence = try #require(try Evidence(of: event, in: session))
    return try FrameCall(evidence: evidence, session: session).propose()
  }

  private func entry(
    _ function: FunctionDescription, _ variables: [NamedValue],
    types: [String: TypeDescription] = [:]
  ) throws -> Expression? {
    try proposal(function, variables, types: types).candidates.first?.program.entry
  }

  private func number(_ digits: String) -> CapturedValue { .integer(digits) }
  private let total = Expression.symbol(Symbol(module: "shop.pricing", path: ["total"]))
  private func given(_ digits: String) -> Argument {
    Argument(.positional, .value(.integer(digits)))
  }
  private func named(_ name: String, _ digits: String) -> Argument {
    Argument(.named(name), .value(.integer(digits)))
  }

  @Test func `positions, the rest, names and the named rest stand as the call gave them`() throws {
    let function = StageSituation.function(
      "total",
      [
        Parameter(name: "a", kind: .positionalOnly), Parameter(name: "b"),
        Parameter(name: "more", kind: .rest),
        Parameter(name: "flag", kind: .named), Parameter(name: "others", kind: .namedRest),
      ])
    let found = try entry(
      function,
      [
        NamedValue("a", number("1")), NamedValue("b", number("2")),
        NamedValue("more", .tuple([number("3"), number("4")])),
        NamedValue("flag", number("5")),
        NamedValue("others", .map([MapEntry(key: .string("rate"), value: number("6"))])),
      ])
    #expect(
      found
        == .call(
          total,
          [given("1"), given("2"), given("3"), given("4"), named("flag", "5"), named("rate", "6")]))
  }

  @Test func `a default that was left is left out, and what follows is named`() throws {
    let function = StageSituation.function(
      "total",
      [
        Parameter(name: "a"), Parameter(name: "b", standard: .value(.integer("2"))),
        Parameter(name: "c", standard: .value(.integer("3"))),
      ])
    #expect(
      try entry(
        function, [("a", "1"), ("b", "2"), ("c", "9")].map { NamedValue($0.0, number($0.1)) })
        == .call(total, [given("1"), named("c", "9")]))
    #expect(try entry(function, [NamedValue("a", number("1"))]) == .call(total, [given("1")]))
  }

  @Test
  func `positions after a default that was left stay in their places when more positions follow`()
    throws
  {
    // total(1, 2, *rest): the default of b was given explicitly, and rest cannot be given without it.
    let function = StageSituation.function(
      "total",
      [
        Parameter(name: "a"), Parameter(name: "b", standard: .value(.integer("2"))),
        Parameter(name: "rest", kind: .rest),
      ])
    let found = try entry(
      function,
      [
        NamedValue("a", number("1")), NamedValue("b", number("2")),
        NamedValue("rest", .tuple([number("7")])),
      ])
    #expect(found == .call(total, [given("1"), given("2"), given("7")]))
  }

  @Test func `a parameter that takes no name is never given by name`() throws {
    let function = StageSituation.function(
      "total",
      [
        Parameter(name: "a", kind: .positionalOnly, standard: .value(.integer("1"))),
        Parameter(name: "b", kind: .positionalOnly, standard: .value(.integer("2"))),
      ])
    let found = try entry(function, [NamedValue("a", number("1")), NamedValue("b", number("9"))])
    #expect(found == .call(total, [given("1"), given("9")]))
  }

  @Test func `a required argument that was not sent is named with its reason`() throws {
    let function = StageSituation.function("total", [Parameter(name: "a"), Parameter(name: "b")])
    let missing = try proposal(function, [NamedValue("a", number("1"))]).missing
    #expect(missing.map(\.description) == ["value of b of shop.pricing:total: not sent"])
  }

  @Test func `what was cut inside an argument is named by its path`() throws {
    let function = StageSituation.function("total", [Parameter(name: "cart")])
    let cut = CapturedValue.truncated(
      known: .list((0..<10).map { .integer("\($0)") }), certain: true)
    let cart = CapturedValue.map([MapEntry(key: .string("items"), value: cut)])
    let missing = try proposal(function, [NamedValue("cart", cart)]).missing
    #expect(missing.count == 1)
    #expect(missing.first?.description.contains("cart") == true)
    #expect(missing.first?.description.hasSuffix("truncated at 10") == true)
    let opaque = try proposal(
      function, [NamedValue("cart", .opaque(type: "Lock", description: "<Lock 5ecret>"))]
    ).missing
    #expect(
      opaque.first?.description
        == "value of cart of shop.pricing:total: only its type is known, Lock")
  }

  @Test func `members of a type are called through it`() throws {
    let made = StageSituation.function(
      "made", owner: ["Basket"], role: .typeMethod, [Parameter(name: "cls"), Parameter(name: "a")])
    #expect(
      try entry(made, [NamedValue("a", number("1"))])
        == .call(.symbol(Symbol(module: "shop.pricing", path: ["Basket", "made"])), [given("1")]))
    let still = StageSituation.function(
      "still", owner: ["Basket"], role: .staticMethod, [Parameter(name: "a")])
    #expect(
      try entry(still, [NamedValue("a", number("1"))])
        == .call(.symbol(Symbol(module: "shop.pricing", path: ["Basket", "still"])), [given("1")]))
  }

  @Test func `an initializer builds the type that was being built`() throws {
    let function = StageSituation.function(
      "__init__", owner: ["Basket"], role: .initializer,
      [Parameter(name: "self"), Parameter(name: "a")])
    let gift = TypeDescription(symbol: Symbol(module: "shop.gifts", path: ["Gift"]))
    let shown = NamedValue("self", .opaque(type: "Gift", description: ""))
    #expect(
      try entry(function, [shown, NamedValue("a", number("1"))], types: ["Gift": gift])
        == .call(.symbol(gift.symbol), [given("1")]))
    #expect(
      try entry(function, [NamedValue("a", number("1"))])
        == .call(.symbol(Self.basket), [given("1")]))
    var foreign = gift
    foreign.isOfRepository = false
    #expect(
      try entry(function, [shown, NamedValue("a", number("1"))], types: ["Gift": foreign])
        == .call(.symbol(Self.basket), [given("1")]))
  }

  @Test func `a property is read and not called`() throws {
    let function = StageSituation.function(
      "size", owner: ["Basket"], role: .property, [Parameter(name: "self")])
    let type = TypeDescription(symbol: Self.basket)
    let found = try entry(
      function, [NamedValue("self", .opaque(type: "Basket", description: ""))],
      types: ["Basket": type])
    #expect(found == .attribute(.call(.symbol(Self.basket), []), "size"))
  }

  @Test func `a receiver is built from its notation or as a new one, and which is said`() throws {
    let function = StageSituation.function(
      "total", owner: ["Basket"], role: .method, [Parameter(name: "self")])
    let rate = Parameter(name: "rate", annotation: .name("int"))
    let type = TypeDescription(symbol: Self.basket, parameters: [rate])
    let notation = CapturedValue.object(
      ObjectValue(type: "Basket", named: [NamedValue("rate", number("7"))]))
    let exact = try proposal(function, [NamedValue("self", notation)], types: ["Basket": type])
    #expect(
      exact.candidates.first?.program.entry
        == .call(.attribute(.call(.symbol(Self.basket), [named("rate", "7")]), "total"), []))
    #expect(exact.candidates.first?.assumesReceiver == false)
    let assumed = try proposal(
      function, [NamedValue("self", .opaque(type: "Basket", description: ""))],
      types: ["Basket": type])
    #expect(
      assumed.candidates.first?.program.entry
        == .call(.attribute(.call(.symbol(Self.basket), [given("0")]), "total"), []))
    #expect(assumed.candidates.first?.assumesReceiver == true)
    #expect(assumed.candidates.first?.assumptions.isEmpty == false)
    #expect(
      try proposal(function, []).missing.map(\.description) == [
        "value of self of shop.pricing:Basket.total: not sent"
      ])
  }

  @Test func `lazy functions are read to their end, asynchronous ones are completed`() throws {
    #expect(
      try entry(StageSituation.function("total", isLazy: true), []) == .drained(.call(total, [])))
    #expect(
      try entry(StageSituation.function("total", isAsynchronous: true), [])
        == .completed(.call(total, [])))
  }

  @Test func `a nested function is refused with its reason`() throws {
    let found = try proposal(
      StageSituation.function("total", role: .nested, [Parameter(name: "a")]),
      [NamedValue("a", number("1"))])
    #expect(found.candidates.isEmpty)
    #expect(found.missing.map(\.why) == ["a nested function's closure is not sent"])
  }

  @Test func `captured values are in no reason`() throws {
    let function = StageSituation.function("total", [Parameter(name: "a")])
    for value: CapturedValue in [
      .opaque(type: nil, description: "s3cret"), .redacted(kind: "password"), .unread, .absent,
      .truncated(known: .string("s3cret"), certain: true),
      .object(ObjectValue(type: "Gone", named: [NamedValue("x", .string("s3cret"))])),
    ] {
      for missing in try proposal(function, [NamedValue("a", value)]).missing {
        #expect(!missing.description.contains("s3cret"))
      }
    }
  }
}

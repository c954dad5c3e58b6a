import Failures
import Languages
import Testing

@testable import Reproducing

/// What is taken over from a caller's source, and what never is.
@Suite struct SlicerTests {
  static let total = Symbol(module: "shop.pricing", path: ["total"])
  static let basket = Symbol(module: "shop.pricing", path: ["Basket"])
  static let length = Symbol(module: "builtins", path: ["len"])
  static let names: [String: Meaning] = [
    "total": Meaning(symbol: total, kind: .callable, isOfRepository: true),
    "shop": Meaning(symbol: Symbol(module: "shop"), kind: .module, isOfRepository: true),
    "shop.pricing": Meaning(
      symbol: Symbol(module: "shop.pricing"), kind: .module, isOfRepository: true),
    "shop.pricing.total": Meaning(symbol: total, kind: .callable, isOfRepository: true),
    "Basket": Meaning(symbol: basket, kind: .type, isOfRepository: true),
    "len": Meaning(symbol: length, kind: .callable, isOfRepository: false),
  ]
  static let allowed: Set<Symbol> = [
    total, basket, length, Symbol(module: "shop"), Symbol(module: "shop.pricing"),
  ]

  static func slicer(
    _ before: [Statement] = [], _ variables: [String: CapturedValue] = [:],
    definitions: [String: FunctionDefinition] = [:], imports: [String: Import] = [:]
  ) -> Slicer {
    Slicer(
      session: StageSituation.session(names: names), before: before, variables: variables,
      definitions: definitions, imports: imports, nearby: ["shop"])
  }

  static func call(_ name: String, _ arguments: Expression...) -> Expression {
    .call(.name(name), arguments.map { Argument(.positional, $0) })
  }

  private func bind(_ name: String, _ value: Expression) -> Statement {
    Statement(.bind(.name(name), value))
  }
  private func text(_ text: String) -> Expression { .value(.string(text)) }
  private func number(_ digits: String) -> Expression { .value(.integer(digits)) }

  private func missing(_ work: () throws -> Void) -> Missing? {
    do {
      try work()
      return nil
    } catch let failure as Rebuilder.Failure {
      return failure.missing
    } catch { return nil }
  }

  @Test func `an item of a captured map is folded into its value`() throws {
    var slicer = Self.slicer(
      [], ["row": .map([MapEntry(key: .string("price"), value: .integer("7"))])])
    let sliced = try slicer.slice(Self.call("total", .item(.name("row"), text("price"))))
    #expect(sliced.entry == .call(.symbol(Self.total), [Argument(.positional, number("7"))]))
    #expect(sliced.setup.isEmpty)
  }

  @Test func `a missing key of a captured map is what the caller's default says`() throws {
    let row: [String: CapturedValue] = ["row": .map([])]
    func got(_ arguments: [Expression]) throws -> Expression {
      var slicer = Self.slicer([], row)
      let get = Expression.call(
        .attribute(.name("row"), "get"), arguments.map { Argument(.positional, $0) })
      return try slicer.slice(Self.call("total", get)).entry
    }
    #expect(
      try got([text("price")]) == .call(.symbol(Self.total), [Argument(.positional, .value(.null))])
    )
    #expect(
      try got([text("price"), number("3")])
        == .call(.symbol(Self.total), [Argument(.positional, number("3"))]))
  }

  @Test func `a value that the caller built anew is not folded from its old capture`() throws {
    var slicer = Self.slicer(
      [
        bind(
          "row", .map([ExpressionPair(key: text("price"), value: Self.call("len", text("abc")))]))
      ],
      ["row": .map([MapEntry(key: .string("price"), value: .integer("7"))])])
    let sliced = try slicer.slice(Self.call("total", .item(.name("row"), text("price"))))
    #expect(sliced.setup.count == 1)
    #expect(
      sliced.entry
        == .call(.symbol(Self.total), [Argument(.positional, .item(.name("row"), text("price")))]))
  }

  @Test func `the statements that built a value come along in order, and others do not`() throws {
    let before = [
      bind("basket", Self.call("Basket")), bind("other", Self.call("Basket")),
      Statement(
        .evaluate(
          .call(.attribute(.name("basket"), "add"), [Argument(.positional, .name("price"))]))),
      Statement(.bind(.attribute(.name("basket"), "rate"), number("2"))),
      Statement(.update(.attribute(.name("basket"), "count"), "+", number("1"))),
      Statement(.evaluate(.call(.attribute(.name("other"), "add"), []))),
    ]
    var slicer = Self.slicer(
      before, ["price": .integer("9"), "basket": .opaque(type: "Basket", description: "")])
    let sliced = try slicer.slice(Self.call("total", .name("basket")))
    #expect(sliced.setup.count == 4)
    #expect(sliced.setup.first == bind("basket", .call(.symbol(Self.basket), [])))
    #expect(!sliced.setup.contains { $0.mentionedNames.contains("other") })
    #expect(
      ClosedProgram(Program(setup: sliced.setup, entry: sliced.entry), allowed: Self.allowed)
        .objections.isEmpty)
  }

  @Test func `a loop over captured values is written out, and one over none is left out`() throws {
    let body = [
      Statement(
        .evaluate(.call(.attribute(.name("basket"), "add"), [Argument(.positional, .name("item"))]))
      )
    ]
    let before = [
      bind("basket", Self.call("Basket")),
      Statement(.forEach(target: .name("item"), iterable: .name("items"), body: body)),
    ]
    func setup(_ items: [CapturedValue]) throws -> [Statement] {
      var slicer = Self.slicer(before, ["items": .list(items)])
      return try slicer.slice(Self.call("total", .name("basket"))).setup
    }
    #expect(try setup([]).count == 1)
    let three = try setup([.integer("1"), .string("x"), .null])
    #expect(three.count == 4)
    #expect(three.map(\.mentionedNames).allSatisfy { !$0.contains("item") })
    let many = try setup((0..<9).map { .integer("\($0)") })
    #expect(
      ClosedProgram(Program(setup: many, entry: .name("basket")), allowed: Self.allowed).objections
        .isEmpty)
  }

  @Test func `a function of the caller comes along when it is whole and not when it was cut`()
    throws
  {
    let whole = FunctionDefinition(
      name: "key", parameters: [Parameter(name: "row")],
      body: [Statement(.give(.item(.name("row"), text("price"))))])
    var slicer = Self.slicer(definitions: ["key": whole])
    let sliced = try slicer.slice(Self.call("total", .name("key")))
    #expect(sliced.setup.compactMap(\.definedName) == ["key"])
    for cut in [Statement(.evaluate(.unsupported("ellipsis"))), Statement(.unsupported("Delete"))] {
      var definition = whole
      definition.body = [Statement(.give(.name("row"))), cut]
      var slicer = Self.slicer(definitions: ["key": definition])
      #expect(missing { _ = try slicer.slice(Self.call("total", .name("key"))) } != nil)
    }
  }

  @Test func `spread maps become named arguments and spread lists positions`() throws {
    var slicer = Self.slicer(
      [],
      [
        "options": .map([MapEntry(key: .string("rate"), value: .integer("2"))]),
        "rest": .list([.integer("1"), .null]),
      ])
    let entry = try slicer.slice(
      .call(
        .name("total"),
        [
          Argument(.spread, .value(.list([.integer("1"), .null]))),
          Argument(
            .namedSpread, .value(.map([MapEntry(key: .string("rate"), value: .integer("2"))]))),
        ])
    ).entry
    #expect(
      entry
        == .call(
          .symbol(Self.total),
          [
            Argument(.positional, number("1")), Argument(.positional, .value(.null)),
            Argument(.named("rate"), number("2")),
          ]))
  }

  @Test(arguments: ["9 lives", "a b", "", "a.b", "x=1, __import__('os')"])
  func `a key that is no name never becomes the name of an argument`(key: String) throws {
    var slicer = Self.slicer()
    let map = Expression.value(.map([MapEntry(key: .string(key), value: .null)]))
    let entry = try slicer.slice(.call(.name("total"), [Argument(.namedSpread, map)])).entry
    #expect(entry == .call(.symbol(Self.total), [Argument(.namedSpread, map)]))
  }

  @Test func `names that closures and comprehensions bind stay theirs`() throws {
    let clause = Comprehension.Clause(target: .name("row"), iterable: .name("rows"))
    let comprehension = Expression.comprehension(
      Comprehension(kind: .list, element: .item(.name("row"), text("a")), clauses: [clause]))
    let closure = Expression.closure(parameters: ["row"], body: .attribute(.name("row"), "rate"))
    var slicer = Self.slicer(
      [],
      [
        "row": .map([MapEntry(key: .string("a"), value: .integer("99"))]),
        "rows": .list([.map([])]),
      ])
    let sliced = try slicer.slice(Self.call("total", comprehension, closure))
    guard case .call(_, let arguments) = sliced.entry else { return #expect(Bool(false)) }
    #expect(arguments[1].value == closure)
    #expect(arguments[0].value.freeNames.isSubset(of: ["rows"]))
    guard case .comprehension(let kept) = arguments[0].value else { return #expect(Bool(false)) }
    #expect(kept.element == .item(.name("row"), text("a")))
  }

  @Test(arguments: [
    "__class__", "__globals__", "__dict__", "__init__", "__subclasses__", "__builtins__", "__",
    "__x",
  ])
  func `attributes of the machinery are never taken over`(name: String) {
    for entry in [
      Self.call("total", .attribute(.name("basket"), name)),
      .call(.attribute(.attribute(.name("basket"), name), "x"), []),
      .call(.attribute(.value(.string("")), name), []),
    ] {
      var slicer = Self.slicer([], ["basket": .integer("1")])
      #expect(missing { _ = try slicer.slice(entry) } != nil)
    }
    let write = Statement(.bind(.attribute(.name("basket"), name), number("1")))
    var slicer = Self.slicer([bind("basket", Self.call("Basket")), write])
    #expect(missing { _ = try slicer.slice(Self.call("total", .name("basket"))) } != nil)
  }

  @Test(arguments: ["eval", "open", "os", "getattr", "subprocess", "__import__", "undefined"])
  func `names that mean nothing end the attempt with their name`(name: String) {
    for entry in [
      Self.call(name, text("x")), .call(.attribute(.name(name), "system"), []),
      Self.call("total", .name(name)),
      .closure(parameters: ["a"], body: Self.call(name, .name("a"))),
      .item(.name(name), text("x")),
      .call(.attribute(.attribute(.name("shop"), name), "system"), []),
    ] {
      var slicer = Self.slicer()
      #expect(missing { _ = try slicer.slice(entry) } != nil, "\(entry)")
    }
  }

  @Test func `an alias of an import means what was imported`() {
    let imports = [
      "total": Import(module: "subprocess", member: "run", name: "total"),
      "np": Import(module: "os", name: "np"),
    ]
    var slicer = Self.slicer(imports: imports)
    #expect(missing { _ = try slicer.slice(.call(.attribute(.name("np"), "system"), [])) } != nil)
    // A name that the repository has too may stand for the repository's, never for the import.
    var other = Self.slicer(imports: imports)
    let entry = try? other.slice(Self.call("total")).entry
    #expect(entry == nil || entry == .call(.symbol(Self.total), []))
  }

  @Test(arguments: 0..<3000)
  func `whatever is sliced names nothing that an event may not name`(seed: Int) {
    for (program, source) in Self.programs(seed: seed) {
      let objections = ClosedProgram(program, allowed: Self.allowed).objections
        .filter { !$0.hasSuffix(ClosedProgram.unbound) }
      #expect(objections.isEmpty, "\(source)")
    }
  }

  @Test(arguments: 0..<3000)
  func `whatever is sliced binds its names before it reads them`(seed: Int) {
    for (program, source) in Self.programs(seed: seed) {
      let objections = ClosedProgram(program, allowed: Self.allowed).objections
        .filter { $0.hasSuffix(ClosedProgram.unbound) }
      #expect(objections.isEmpty, "\(source)")
    }
  }

  @Test func `what a loop that comes along fills comes along too`() throws {
    let before = [
      bind("sums", .map([])),
      Statement(
        .forEach(
          target: .name("row"), iterable: Self.call("Basket"),
          body: [
            Statement(.bind(.item(.name("sums"), text("a")), Self.call("total", .name("row"))))
          ])),
    ]
    var slicer = Self.slicer(before)
    let sliced = try slicer.slice(Self.call("total", .name("row")))
    let program = Program(setup: sliced.setup, entry: sliced.entry)
    #expect(ClosedProgram(program, allowed: Self.allowed).objections.isEmpty)
  }

  private static func programs(seed: Int) -> [(Program, String)] {
    var random = HostileSource(seed: UInt64(seed))
    let before = (0..<random.generator.below(8)).map { _ in random.statement(depth: 2) }
    let variables = random.variables()
    return [true, false].compactMap { prefersBuilders in
      var slicer = slicer(before, variables, definitions: random.definitions())
      slicer.prefersBuilders = prefersBuilders
      let entry = random.expression(depth: 3)
      guard let sliced = try? slicer.slice(entry) else { return nil }
      return (
        Program(setup: sliced.setup, entry: sliced.entry), "\(entry) after \(before.map(\.kind))"
      )
    }
  }
}

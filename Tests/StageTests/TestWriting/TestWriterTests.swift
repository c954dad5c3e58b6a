import Failures
import Languages
import Synchronization
import Testing

@testable import Reproducing
@testable import TestWriting

/// A reproduction and what the writer makes of it, with runs that give what a test says.
enum WriterSituation {
  static func reproduction(
    _ function: FunctionDescription? = nil, exception: String = "ValueError",
    expected: [Meaning] = [],
    lineage: [String] = [
      "builtins.ValueError", "builtins.Exception", "builtins.BaseException", "builtins.object",
    ],
    strategy: Reproduction.Strategy = .frameCall, entry: String = "shop.pricing:total",
    event: FailureEvent? = nil,
    neighbour: Certificate.Counterfactual = .passes(
      changed: "2 instead of another number", result: "int")
  ) -> Reproduction {
    let function = function ?? StageSituation.function("total", [Parameter(name: "a")])
    let event = event ?? StageSituation.event([StageSituation.frame("shop/pricing.py", "total")])
    return Reproduction(
      event: event,
      signature: FailureSignature(
        exception: exception, message: "bad value 1", innermost: "shop/pricing.py:total"),
      strategy: strategy, entry: entry,
      program: Program(
        entry: .call(.symbol(function.symbol), [Argument(.positional, .value(.integer("1")))])),
      certificate: Certificate(
        exception: exception, messageShape: "bad value #", innermost: "shop/pricing.py:total",
        path: ["shop/pricing.py:total"],
        runs: 3, of: 3, counterfactual: neighbour),
      path: [function], expectedExceptions: expected, lineage: lineage, oracleCalls: 4,
      sufficiency: 1)
  }

  static let failure = StageSituation.raised(
    "ValueError", "bad value 9", [("tests/test_x.py", "test"), ("shop/pricing.py", "total")])

  static func own(
    _ name: String, bases: [String] = ["builtins.Exception"], isOfRepository: Bool = true
  ) -> Meaning {
    Meaning(
      symbol: Symbol(module: "shop.errors", path: [name]), kind: .type,
      isOfRepository: isOfRepository,
      lineage: ["shop.errors.\(name)"] + bases
        + (bases.contains("builtins.Exception") ? [] : ["builtins.Exception"])
        + ["builtins.BaseException", "builtins.object"], isNarrowException: true)
  }

  /// A session in which a test fails for the cause, and its mark is honoured.
  static func session(
    names: [String: Meaning] = [:],
    style: SuiteStyle = SuiteStyle(framework: .pytest, folder: "tests"),
    plain: [TestRunReport] = [TestRunReport(result: .failed, exceptions: [failure])],
    marked: TestRunReport.Result = .knownIssue, plans: Plans = Plans()
  ) -> TargetSession {
    let count = Mutex(0)
    return StageSituation.session(
      names: names,
      runTest: { _, honours in
        if honours { return TestRunReport(result: marked) }
        let index = count.withLock { value in
          value += 1
          return value - 1
        }
        return plain[index % plain.count]
      }, style: style,
      print: { plan in
        plans.seen.withLock { $0.append(plan) }
        return TestText(path: plan.path, source: plan.knownIssue ?? "plain")
      })
  }

  final class Plans: Sendable { let seen: Mutex<[TestPlan]> = Mutex([]) }

  static func write(_ reproduction: Reproduction, _ session: TargetSession) throws
    -> TestWriter.Outcome
  {
    try TestWriter(reproduction: reproduction, failure: "abc123def456", session: session).write()
  }
}

@Suite struct TestWriterTests {
  private func isWritten(_ outcome: TestWriter.Outcome) -> Bool {
    if case .written = outcome { true } else { false }
  }

  // MARK: proof

  @Test
  func `a test that fails for the cause in every run and is forgiven with its mark is written`()
    throws
  {
    guard
      case .written(let test) = try WriterSituation.write(
        WriterSituation.reproduction(), WriterSituation.session())
    else {
      Issue.record("not written")
      return
    }
    #expect(test.text.source == "plain")
    #expect(test.marked.source.contains("abc123def456"))
    #expect(test.rung == .noFailure)
  }

  @Test(arguments: [TestRunReport.Result.passed, .error, .skipped, .knownIssue, .none])
  func `a test that does not fail is not written`(result: TestRunReport.Result) throws {
    let report = TestRunReport(result: result, exceptions: [WriterSituation.failure])
    #expect(
      !isWritten(
        try WriterSituation.write(
          WriterSituation.reproduction(), WriterSituation.session(plain: [report]))))
  }

  @Test func `a test that fails once and passes the second time is not written`() throws {
    let session = WriterSituation.session(
      plain: [
        TestRunReport(result: .failed, exceptions: [WriterSituation.failure]),
        TestRunReport(result: .passed),
      ])
    #expect(!isWritten(try WriterSituation.write(WriterSituation.reproduction(), session)))
  }

  @Test func `a test that fails for another cause is not written`() throws {
    for raised in [
      StageSituation.raised("KeyError", [("shop/pricing.py", "total")]),
      StageSituation.raised("ValueError", [("tests/test_x.py", "test")]),
      StageSituation.raised("ValueError", "worse", [("shop/pricing.py", "total")]),
      StageSituation.raised("ValueError", [("shop/pricing.py", "other")]),
    ] {
      let session = WriterSituation.session(plain: [
        TestRunReport(result: .failed, exceptions: [raised])
      ])
      guard
        case .stopped(let stop) = try WriterSituation.write(WriterSituation.reproduction(), session)
      else {
        Issue.record("written for \(raised)")
        continue
      }
      #expect(stop.reason == .notReproduced)
    }
  }

  @Test(arguments: [TestRunReport.Result.passed, .failed, .error, .none, .skipped])
  func `a test whose mark is not honoured is not written`(marked: TestRunReport.Result) throws {
    #expect(
      !isWritten(
        try WriterSituation.write(
          WriterSituation.reproduction(), WriterSituation.session(marked: marked))))
  }

  // MARK: expectations

  private func allowed(_ reproduction: Reproduction, _ names: [String: Meaning]) throws -> [String]
  {
    let session = WriterSituation.session(names: names)
    guard
      let step = try ExpectationLadder(reproduction: reproduction, session: session).steps().first
    else { return [] }
    switch step.expectation {
    case .noFailure(let allowed), .resultType(_, let allowed), .value(_, let allowed):
      return allowed.compactMap(\.path.last)
    }
  }

  private func raising(_ names: String...) -> FunctionDescription {
    StageSituation.function(
      "total", [Parameter(name: "a")], body: names.map { Statement(.fail(.call(.name($0), []))) })
  }

  @Test func `the repository's own narrow type that the code raises is allowed`() throws {
    #expect(
      try allowed(
        WriterSituation.reproduction(raising("Refused")),
        ["Refused": WriterSituation.own("Refused")]) == ["Refused"])
  }

  @Test func `what is not the repository's own exception is never allowed`() throws {
    let foreign = WriterSituation.own("Refused", isOfRepository: false)
    var callable = WriterSituation.own("Refused")
    callable.kind = .callable
    var plain = WriterSituation.own("Refused")
    plain.lineage = ["shop.errors.Refused", "builtins.object"]
    var exit = WriterSituation.own("Refused")
    exit.lineage = [
      "shop.errors.Refused", "builtins.SystemExit", "builtins.BaseException", "builtins.object",
    ]
    plain.isNarrowException = false
    exit.isNarrowException = false
    for meaning in [foreign, callable, plain, exit] {
      #expect(
        try allowed(WriterSituation.reproduction(raising("Refused")), ["Refused": meaning]) == [])
    }
    let general = Meaning(
      symbol: Symbol(module: "builtins", path: ["Exception"]), kind: .type, isOfRepository: true,
      lineage: ["builtins.Exception", "builtins.BaseException"])
    #expect(
      try allowed(WriterSituation.reproduction(raising("Exception")), ["Exception": general]) == [])
  }

  @Test func `a type that the failure is or inherits from is never allowed`() throws {
    let lineage = [
      "shop.errors.Deep", "shop.errors.Refused", "shop.errors.Root", "builtins.Exception",
      "builtins.BaseException",
    ]
    for name in ["Deep", "Refused", "Root"] {
      let reproduction = WriterSituation.reproduction(
        raising(name), exception: "Deep", lineage: lineage)
      #expect(try allowed(reproduction, [name: WriterSituation.own(name)]) == [])
    }
    let reproduction = WriterSituation.reproduction(
      raising("Other"), exception: "Deep", lineage: lineage)
    #expect(try allowed(reproduction, ["Other": WriterSituation.own("Other")]) == ["Other"])
  }

  @Test func `a type whose base is allowed is dropped, whichever was found first`() throws {
    let base = WriterSituation.own("Refused")
    let narrow = WriterSituation.own(
      "TooMany", bases: ["shop.errors.Refused", "builtins.Exception"])
    for names in [["Refused", "TooMany"], ["TooMany", "Refused"]] {
      let function = StageSituation.function(
        "total", [Parameter(name: "a")], body: names.map { Statement(.fail(.call(.name($0), []))) })
      #expect(
        try allowed(WriterSituation.reproduction(function), ["Refused": base, "TooMany": narrow])
          == ["Refused"])
    }
  }

  @Test func `a request may end in no exception at all`() throws {
    let reproduction = WriterSituation.reproduction(
      raising("Refused"), strategy: .requestReplay, entry: "GET /orders")
    #expect(try allowed(reproduction, ["Refused": WriterSituation.own("Refused")]) == [])
  }

  private func rungs(_ reproduction: Reproduction, _ names: [String: Meaning] = [:]) throws
    -> [RegressionTest.Rung]
  {
    try ExpectationLadder(
      reproduction: reproduction, session: WriterSituation.session(names: names)
    ).steps().map(\.rung)
  }

  @Test func `a plain declared result is a property, and nothing else is`() throws {
    func declared(_ returns: Expression?, _ change: (inout FunctionDescription) -> Void = { _ in })
      throws -> [RegressionTest.Rung]
    {
      var function = StageSituation.function("total", [Parameter(name: "a")], returns: returns)
      change(&function)
      return try rungs(WriterSituation.reproduction(function))
    }
    #expect(try declared(.name("int")) == [.property, .noFailure])
    #expect(try declared(nil) == [.noFailure])
    #expect(try declared(.name("Basket")) == [.noFailure])
    #expect(try declared(.item(.name("list"), .name("int"))) == [.noFailure])
    #expect(try declared(.binary(.name("int"), "|", .value(.null))) == [.noFailure])
    #expect(try declared(.name("int")) { $0.isLazy = true } == [.noFailure])
    #expect(try declared(.name("int")) { $0.role = .initializer } == [.noFailure])
  }

  @Test func `a declared result that no nearby input showed is not demanded`() throws {
    let function = StageSituation.function("total", [Parameter(name: "a")], returns: .name("int"))
    for neighbour: Certificate.Counterfactual in [
      .noInput, .everyInputFails(alike: 3, tried: 3), .passes(changed: "", result: "str"),
      .answers(changed: "", with: "Refused"),
    ] {
      #expect(
        try rungs(WriterSituation.reproduction(function, neighbour: neighbour)) == [.noFailure])
    }
  }

  @Test func `where an exception is allowed a result is not demanded`() throws {
    var function = raising("Refused")
    function.definition.returns = .name("int")
    #expect(
      try rungs(WriterSituation.reproduction(function), ["Refused": WriterSituation.own("Refused")])
        == [.noFailure])
  }

  @Test func `a property that the test does not fail for gives way to the plain expectation`()
    throws
  {
    let function = StageSituation.function("total", [Parameter(name: "a")], returns: .name("int"))
    let fails = TestRunReport(result: .failed, exceptions: [WriterSituation.failure])
    let session = WriterSituation.session(plain: [TestRunReport(result: .error), fails, fails])
    guard
      case .written(let test) = try WriterSituation.write(
        WriterSituation.reproduction(function), session)
    else {
      Issue.record("not written")
      return
    }
    #expect(test.rung == .noFailure)
  }
}

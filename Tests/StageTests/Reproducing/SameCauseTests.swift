import Failures
import Languages
import Testing

@testable import Reproducing

/// Same type, same shape of message, same innermost function, same functions below the entry: nothing else is the same cause.
@Suite struct SameCauseTests {
  private let stack = [
    ("web.py", "view"), ("shop/pricing.py", "total"), ("shop/pricing.py", "rate"),
  ]

  private func oracle(
    _ type: String = "ValueError", _ message: String = "bad value 1", entry: Int = 1
  ) throws -> SameCause {
    let frames = stack.map { StageSituation.frame($0.0, $0.1) }
    return SameCause(
      evidence: try StageSituation.evidence(type, message, frames), frameIndex: entry)
  }

  private func same(_ raised: RaisedException, _ oracle: SameCause) -> Bool {
    if case .same = oracle.judge(TrialReport(outcome: .raised([raised]))) { true } else { false }
  }

  private let path: [(String?, String)] = [
    ("shop/pricing.py", "total"), ("shop/pricing.py", "rate"),
  ]

  @Test func `the same path with another value in the message is the same cause`() throws {
    #expect(same(StageSituation.raised(path), try oracle()))
  }

  @Test func `library code between the frames does not matter`() throws {
    #expect(
      same(
        StageSituation.raised([path[0], (nil, "wrapper"), path[1], (nil, "raise_it")]), try oracle()
      ))
  }

  @Test func `qualified names of functions are the same as plain ones`() throws {
    let raised = StageSituation.raised([path[0], ("shop/pricing.py", "Basket.<locals>.rate")])
    #expect(same(raised, try oracle()))
  }

  @Test(arguments: ["KeyError", "UnicodeError", "Exception", "ValueErrors"])
  func `another type is another cause`(type: String) throws {
    #expect(!same(StageSituation.raised(type, path), try oracle()))
  }

  @Test(arguments: ["", "bad value", "bad value 1 of 2", "Bad value 1", "bad\nvalue 1"])
  func `another shape of the message is another cause`(message: String) throws {
    #expect(!same(StageSituation.raised("ValueError", message, path), try oracle()))
  }

  @Test func `another path below the entry is another cause`() throws {
    let total: (String?, String) = ("shop/pricing.py", "total")
    let rate: (String?, String) = ("shop/pricing.py", "rate")
    let others: [[(String?, String)]] = [
      [total], [rate], [], [total, ("shop/other.py", "rate")],
      [total, ("shop/pricing.py", "rates")],
      [total, rate, ("shop/pricing.py", "deeper")], [total, ("shop/pricing.py", "between"), rate],
      [rate, total], [total, total, rate], [("web.py", "view"), total, rate],
      [(nil, "total"), (nil, "rate")],
    ]
    let oracle = try oracle()
    for other in others { #expect(!same(StageSituation.raised(other), oracle), "\(other)") }
  }

  @Test func `an exception further down the chain counts as well as the first`() throws {
    let wrapped = StageSituation.raised("RuntimeError", "wrapped", [path[0]])
    let report = TrialReport(outcome: .raised([wrapped, StageSituation.raised(path)]))
    guard case .same(let raised) = try oracle().judge(report) else {
      Issue.record("not the same")
      return
    }
    #expect(raised.type == "ValueError")
  }

  @Test(arguments: [
    TrialReport.Outcome.returned(type: "int"), .timedOut, .ended("SIGKILL"), .unusable("no"),
    .raised([]),
  ])
  func `whatever raised nothing is not the cause`(outcome: TrialReport.Outcome) throws {
    if case .same = try oracle().judge(TrialReport(outcome: outcome)) {
      Issue.record("taken for the same cause")
    }
  }

  @Test func `a recursion is known by its cycle and by where it began`() throws {
    let frames =
      [StageSituation.frame("web.py", "view")]
      + (0..<200).flatMap { _ in
        [StageSituation.frame("a.py", "walk"), StageSituation.frame("a.py", "visit")]
      }
    let evidence = try StageSituation.evidence(
      "RecursionError", "maximum recursion depth exceeded", frames)
    let oracle = SameCause(evidence: evidence, frameIndex: 1)
    func deep(_ names: [String], times: Int, message: String = "deeper still") -> RaisedException {
      let cycle = (0..<times).flatMap { _ in names.map { ("a.py" as String?, $0) } }
      return StageSituation.raised("RecursionError", message, cycle)
    }
    #expect(same(deep(["walk", "visit"], times: 300), oracle))
    #expect(same(deep(["walk", "visit"], times: 90, message: "while calling"), oracle))
    #expect(!same(deep(["walk", "visit"], times: 5), oracle))
    #expect(!same(deep(["other", "visit"], times: 300), oracle))
    #expect(!same(deep(["walk"] + Array(repeating: "elsewhere", count: 9), times: 40), oracle))
  }

  // MARK: certificates

  private func certificate(_ exception: String = "ValueError", shape: String = "bad value #")
    -> Certificate
  {
    Certificate(
      exception: exception, messageShape: shape, innermost: "shop/pricing.py:rate",
      path: ["shop/pricing.py:total", "shop/pricing.py:rate"], runs: 3, of: 3,
      counterfactual: .noInput)
  }

  @Test
  func `a test meets the certificate whatever wraps the entry and whatever its own file is called`()
  {
    let own: (String?, String) = ("tests/test_new.py", "test_total")
    #expect(certificate().isMet(by: StageSituation.raised([own] + path), in: "tests/test_new.py"))
    #expect(
      certificate().isMet(
        by: StageSituation.raised([own, ("shop/compat.py", "wrap")] + path), in: "tests/test_new.py"
      ))
    #expect(certificate().isMet(by: StageSituation.raised(path + [own]), in: "tests/test_new.py"))
    #expect(
      !certificate().isMet(by: StageSituation.raised(path + [own]), in: "tests/test_other.py"))
  }

  @Test func `a test does not meet it with another type, message, innermost function or path`() {
    let test = "tests/test_new.py"
    #expect(!certificate().isMet(by: StageSituation.raised("KeyError", path), in: test))
    #expect(
      !certificate().isMet(by: StageSituation.raised("ValueError", "worse value 1", path), in: test)
    )
    #expect(!certificate().isMet(by: StageSituation.raised([path[0]]), in: test))
    #expect(
      !certificate().isMet(
        by: StageSituation.raised(path + [("shop/pricing.py", "deeper")]), in: test))
    #expect(!certificate().isMet(by: StageSituation.raised([path[1]]), in: test))
    #expect(
      !certificate().isMet(
        by: StageSituation.raised([path[0], ("shop/x.py", "y"), path[1]]), in: test))
  }

  @Test func `a test whose assertion fails in its own file meets no certificate of the repository`()
  {
    let own: (String?, String) = ("tests/test_new.py", "test_total")
    #expect(!certificate().isMet(by: StageSituation.raised([own]), in: "tests/test_new.py"))
  }
}

import Failures
import Languages
import Testing

@testable import Validating

/// A suite on both sides: what passed has to pass, and what cannot be said is said.
@Suite struct SuiteComparisonTests {
  private typealias Results = [(String, TestRunReport.Result)]

  private static func report(
    _ results: Results, isComplete: Bool = true, covers: Bool = true
  ) -> SuiteReport {
    SuiteReport(
      cases: results.map {
        .init(
          identifier: $0.0, result: $0.1, seconds: 0, lines: covers ? ["shop/a.py": [2]] : [:])
      } + [.init(identifier: "tests/test_new.py::test_new", result: .failed, seconds: 0)],
      isComplete: isComplete)
  }

  private static func gate(
    _ before: @escaping @Sendable (SuiteRequest) -> SuiteReport,
    _ after: @escaping @Sendable (SuiteRequest) -> SuiteReport
  ) throws -> Gate {
    try SuiteComparison(
      test: JudgedSides.test, changes: JudgedSides.changes, before: JudgedSides.side(suite: before),
      after: JudgedSides.side(suite: after), seconds: 10, isSkipped: false
    ).gate()
  }

  @Test func `what passed before has to pass after`() throws {
    let gate = try Self.gate(
      { _ in Self.report([("a", .passed), ("b", .passed)]) },
      { _ in Self.report([("a", .passed), ("b", .failed)]) })
    #expect(gate.result == .failed)
    #expect(gate.evidence.contains("1 of 2 tests") && gate.evidence.contains("`b`"))
    #expect(gate.details == ["b"])
  }

  @Test func `what failed before may fail after, and is told`() throws {
    let gate = try Self.gate(
      { _ in Self.report([("a", .passed), ("b", .failed), ("c", .error)]) },
      { _ in Self.report([("a", .passed), ("b", .error), ("c", .failed)]) })
    #expect(gate.result == .passed)
    #expect(gate.details.contains("2 tests failed before already: compared, not demanded"))
  }

  @Test func `a test that fails again without the patch is flaky and set aside`() throws {
    let gate = try Self.gate(
      { request in
        Self.report([("a", .passed), ("b", request.tests == ["b"] ? .failed : .passed)])
      }, { _ in Self.report([("a", .passed), ("b", .failed)]) })
    #expect(gate.result == .passed)
    #expect(gate.details.contains("set aside as flaky: b"))
  }

  @Test func `a test that passes alone and fails in company still counts`() throws {
    let gate = try Self.gate(
      { _ in Self.report([("a", .passed), ("b", .passed)]) },
      { request in
        Self.report([("a", .passed), ("b", request.tests == ["b"] ? .passed : .failed)])
      })
    #expect(gate.result == .failed)
  }

  @Test func `no suite, no test that passes, and none that runs the change are not run`() throws {
    #expect(try Self.gate({ _ in Self.report([]) }, { _ in Self.report([]) }).result == .notRun)
    let failing = try Self.gate({ _ in Self.report([("a", .failed)]) }, { _ in Self.report([]) })
    #expect(failing.result == .notRun)
    #expect(failing.evidence == "None of 1 test of the suite passes without the patch.")
    let apart = try Self.gate(
      { _ in Self.report([("a", .passed)], covers: false) }, { _ in Self.report([("a", .passed)]) })
    #expect(apart.result == .notRun)
    #expect(apart.evidence.contains("none of them runs what the patch changes"))
  }

  @Test func `a test that vanished failed, unless the time was up`() throws {
    let before = { @Sendable (_: SuiteRequest) in Self.report([("a", .passed), ("b", .passed)]) }
    #expect(try Self.gate(before, { _ in Self.report([("a", .passed)]) }).result == .failed)
    let cut = try Self.gate(before, { _ in Self.report([("a", .passed)], isComplete: false) })
    #expect(cut.result == .passed)
    #expect(cut.details.contains("1 test left out: the time was up"))
  }

  @Test func `tests that the patch adds have to pass`() throws {
    let gate = try Self.gate(
      { _ in Self.report([("a", .passed)]) },
      { _ in Self.report([("a", .passed), ("theirs", .failed)]) })
    #expect(gate.result == .failed)
    #expect(gate.evidence.contains("the patch adds"))
  }
}

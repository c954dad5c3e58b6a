import Failures
import Languages
import Synchronization
import Testing

@testable import Pipeline
@testable import Reproducing

/// Where a case ends, and with what.
@Suite struct CaseTests {
  private func opened(_ event: FailureEvent, _ session: TargetSession) throws -> CaseState? {
    try Evidence(of: event, in: session).map {
      .opened(Opening(event: event, failure: "f1", evidence: $0))
    }
  }

  private func finished(_ state: CaseState, _ session: TargetSession, current: TargetSession? = nil)
    throws -> CaseState
  {
    let aCase = Case(failure: "f1", released: session, current: current)
    var state = state
    for _ in 0..<10 where aCase.stage(after: state) != nil { state = try aCase.advance(state) }
    return state
  }

  private static let failure = StageSituation.raised(
    "ValueError", "bad value 5", [("shop/pricing.py", "total")])

  /// A repository in which `total(7)` fails for the event's cause and other inputs pass.
  private func failing(test: TestRunReport = TestRunReport(result: .failed, exceptions: [failure]))
    -> TargetSession
  {
    let original: Mutex<Program?> = Mutex(nil)
    return StageSituation.session(
      functions: ["total": StageSituation.function("total", [Parameter(name: "price")])],
      run: { program in
        let isOriginal = original.withLock { known in
          known = known ?? program
          return known == program
        }
        return TrialReport(outcome: isOriginal ? .raised([Self.failure]) : .returned(type: "int"))
      }, runTest: { _, honours in honours ? TestRunReport(result: .knownIssue) : test })
  }

  private let event = StageSituation.event([
    StageSituation.frame("shop/pricing.py", "total", [NamedValue("price", .integer("7"))])
  ])

  @Test func `a failure of the release alone is tested`() throws {
    let session = failing()
    let state = try finished(try #require(try opened(event, session)), session)
    guard case .tested(let test) = state else {
      Issue.record("\(state)")
      return
    }
    #expect(test.reproduction.certificate.exception == "ValueError")
  }

  @Test func `a failure that the current revision has not is already fixed, and has its test`()
    throws
  {
    let session = failing()
    let state = try finished(
      try #require(try opened(event, session)), session,
      current: failing(test: TestRunReport(result: .passed)))
    guard case .stopped(let stop, let test?) = state else {
      Issue.record("\(state)")
      return
    }
    #expect(stop.reason == .alreadyFixed)
    #expect(stop.detail.contains(test.text.path))
  }

  @Test func `a failure that the current revision has too is tested`() throws {
    let session = failing()
    guard
      case .tested = try finished(
        try #require(try opened(event, session)), session, current: failing())
    else {
      Issue.record("not tested")
      return
    }
  }

  @Test(arguments: [
    TestRunReport(result: .error), TestRunReport(result: .skipped), TestRunReport(result: .none),
    TestRunReport(result: .failed),
    TestRunReport(
      result: .failed,
      exceptions: [StageSituation.raised("KeyError", [("shop/pricing.py", "total")])]),
  ])
  func `a current revision that fails otherwise is neither fixed nor tested`(report: TestRunReport)
    throws
  {
    let session = failing()
    let state = try finished(
      try #require(try opened(event, session)), session, current: failing(test: report))
    guard case .stopped(let stop, nil) = state else {
      Issue.record("\(state)")
      return
    }
    #expect(stop.reason == .notReproduced)
  }

  @Test func `an event without an exception gives no evidence`() throws {
    #expect(
      try Evidence(
        of: FailureEvent(identifier: "e", platform: "python", message: "logged"), in: failing())
        == nil)
  }

  @Test func `an exception without a stack is unsupported and says what to send`() throws {
    let session = failing()
    let state = try finished(try #require(try opened(StageSituation.event([]), session)), session)
    guard case .stopped(let stop, nil) = state else {
      Issue.record("\(state)")
      return
    }
    #expect(stop.reason == .unsupported && !stop.remedy.isEmpty)
  }

  @Test func `a stack that never enters the repository ends without a test`() throws {
    let session = failing()
    let outside = StageSituation.event([
      StageSituation.frame(nil, "handle", source: "value = parse(text)"),
      StageSituation.frame(nil, "parse", source: "return int(text)"),
    ])
    let state = try finished(try #require(try opened(outside, session)), session)
    guard case .stopped(let stop, nil) = state else {
      Issue.record("\(state)")
      return
    }
    #expect(stop.reason == .notInRepository)
  }

  @Test func `a finished case does not move`() throws {
    let session = failing()
    let stop = CaseState.stopped(Stop(.cancelled, "d", remedy: "r"), nil)
    let aCase = Case(failure: "f1", released: session, current: nil)
    guard case .stopped(let kept, nil) = try aCase.advance(stop) else {
      Issue.record("moved")
      return
    }
    #expect(kept.reason == .cancelled)
    #expect(aCase.stage(after: stop) == nil)
  }
}

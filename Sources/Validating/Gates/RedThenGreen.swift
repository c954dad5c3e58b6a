import Failures
import Languages

/// The new test fails before, for the failure's signature, and passes after, in every run.
struct RedThenGreen {
  let test: RegressionTest
  let changes: ChangeSet
  let before: Side
  let after: Side

  static let runsAfter = 2

  func gate() throws -> Gate {
    let red = try before.session.runTest(test.text, false)
    let certificate = test.reproduction.certificate
    guard red.result == .failed,
      red.exceptions.contains(where: { certificate.isMet(by: $0, in: test.text.path) })
    else {
      return Gate(
        .redThenGreen, .failed,
        "Without the patch the new test \(Self.words(red)), and not for the failure's cause.")
    }
    for run in 1...Self.runsAfter {
      let green = try after.session.runTest(test.text, false)
      guard green.result == .passed else {
        let isSame = green.exceptions.contains { certificate.isMet(by: $0, in: test.text.path) }
        if isSame, let caller = callerAbove {
          return Gate(
            .redThenGreen, .notRun,
            "A person has to decide: the new test enters at `\(test.reproduction.entry)`, below `\(caller)`, which the patch changes; whether the failing input still comes that far, it cannot say."
          )
        }
        return Gate(
          .redThenGreen, .failed,
          "With the patch the new test \(Self.words(green))\(isSame ? ", for the same cause as before" : "") (run \(run)).",
          details: green.exceptions.prefix(1).map { Self.place($0) })
      }
    }
    return Gate(
      .redThenGreen, .passed,
      "\(test.text.path) fails without the patch, with `\(certificate.exception)` in \(certificate.innermost ?? "the failure's place"), and passes with it in \(Self.runsAfter) of \(Self.runsAfter) fresh runs."
    )
  }

  /// A function above the test's entry in which production was; `nil` where the patch changes anything that the test runs.
  private var callerAbove: String? {
    let certificate = test.reproduction.certificate
    let run = Set(certificate.path + [certificate.innermost].compactMap(\.self))
    let above = test.reproduction.event.callers(of: run)
    let changed = changes.sources.flatMap { change in
      change.functions.map { "\(change.path):\($0.lastName)" }
    }
    guard changes.sources.allSatisfy({ !$0.functions.isEmpty }), run.isDisjoint(with: changed),
      let caller = changed.first(where: above.contains)
    else { return nil }
    return caller.split(separator: ":").last.map(String.init)
  }

  private static func words(_ report: TestRunReport) -> String {
    switch report.result {
    case .passed: "passes"
    case .failed:
      "fails with " + (report.exceptions.first.map { "`\($0.type)`" } ?? "no exception")
    case .error: "cannot be run"
    case .skipped: "is skipped"
    case .knownIssue: "fails as its mark expects"
    case .none: "does not end"
    }
  }

  private static func place(_ raised: RaisedException) -> String {
    let frame = raised.frames.last { $0.repositoryPath != nil }
    return "`\(raised.type)`"
      + (frame.map { " at \($0.repositoryPath ?? ""):\($0.line) in \($0.function)" } ?? "")
  }
}

extension FailureEvent {
  /// Functions of the repository that production was in and that are not among these, `path:function`.
  fileprivate func callers(of run: Set<String>) -> Set<String> {
    let named = exceptions.flatMap(\.frames).compactMap { frame in
      frame.repositoryPath.map { "\($0):\(frame.function.lastName)" }
    }
    return Set(named).subtracting(run)
  }
}

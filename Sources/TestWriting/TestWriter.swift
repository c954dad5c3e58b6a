import Failures
import Foundation
import Languages

/// Turns a reproduction into a test of the repository's own suite, and proves that it fails for the same cause.
public struct TestWriter {
  public enum Outcome {
    case written(RegressionTest)
    case stopped(Stop)
  }

  let session: TargetSession
  let reproduction: Reproduction
  let failure: String
  /// Paths that the test may not have, whether or not they exist here.
  let taken: Set<String>

  public init(
    reproduction: Reproduction, failure: String, session: TargetSession, taken: Set<String> = []
  ) {
    self.taken = taken
    self.reproduction = reproduction
    self.failure = failure
    self.session = session
  }

  /// Writes, runs it three times without and once with its known-issue mark.
  public func write() throws -> Outcome {
    var findings: [String] = []
    var style = try session.style()
    style.files += taken.sorted()
    let ladder = ExpectationLadder(reproduction: reproduction, session: session)
    for step in try ladder.steps() {
      let plan = plan(style, step)
      let text = try session.print(plan)
      if let objection = try objection(to: text) {
        findings.append(objection)
        continue
      }
      var marked = plan
      marked.knownIssue = "known issue, failure \(failure)"
      let shipped = try session.print(marked)
      guard try session.runTest(shipped, true).result == .knownIssue else { continue }
      return .written(
        RegressionTest(
          reproduction: reproduction, style: style, text: text, marked: shipped, rung: step.rung,
          reason: step.reason))
    }
    return .stopped(
      Stop(
        .notReproduced,
        "\(reproduction.entry) fails for the event's cause when it is called, but in a test of the repository's suite "
          + (findings.last ?? "its known-issue mark is not honoured") + ".",
        remedy: "run the suite by itself: its configuration may hide the failure"))
  }

  /// What keeps the test from failing for the certified cause in every run; `nil` if nothing does.
  private func objection(to text: TestText) throws -> String? {
    for _ in 0..<2 {
      let report = try session.runTest(text, false)
      guard report.result == .failed else { return "it ends as \(report.result.rawValue)" }
      guard
        report.exceptions.contains(where: { reproduction.certificate.isMet(by: $0, in: text.path) })
      else {
        let types = report.exceptions.map { "`\($0.type)`" }.joined(separator: ", ")
        return "it raises \(types.isEmpty ? "nothing" : types) on another path"
      }
    }
    return nil
  }

  private func plan(_ style: SuiteStyle, _ step: ExpectationLadder.Step) -> TestPlan {
    let name = TestName(reproduction: reproduction, failure: failure)
    return TestPlan(
      style: style, path: name.path(in: style), name: name.words, comment: comment(style),
      program: reproduction.program, expectation: step.expectation)
  }

  private func comment(_ style: SuiteStyle) -> [String] {
    var seen = ""
    if let timestamp = reproduction.event.timestamp {
      seen = ", first seen \(timestamp.formatted(.iso8601.year().month().day()))"
    }
    let release = reproduction.event.release.map { " in release \($0.printable)" } ?? ""
    let lines = [
      "Failure \(failure)\(seen)\(release); written by Nevermore.",
      "Signature: \(reproduction.signature.description.printable)",
    ]
    return lines.flatMap { $0.wrapped(at: style.lineLength - 2) }
  }
}

extension String {
  /// Without anything that could end a comment's line or hide what it says.
  fileprivate var printable: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { (0x20..<0x7F).contains($0.value) ? $0 : "?" }.prefix(300)))
  }

  /// Lines of at most `width` characters, broken at spaces where there are any.
  func wrapped(at width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ") {
      if line.isEmpty {
        line = String(word)
      } else if line.count + word.count < width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return lines + (line.isEmpty ? [] : [line])
  }
}

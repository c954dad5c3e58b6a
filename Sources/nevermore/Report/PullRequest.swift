import Failures
import Foundation
import Languages
import Shipping

/// What is said of a test to those who review it.
enum PullRequest {
  static func message(_ test: RegressionTest, _ failure: String) -> CommitMessage {
    let reproduction = test.reproduction
    let certificate = reproduction.certificate
    return CommitMessage(
      failure: failure, signature: reproduction.signature,
      reproduction: .init(
        strategy: reproduction.strategy.rawValue, runs: certificate.runs, of: certificate.of),
      subject: "Test \(certificate.exception) in \(place(of: reproduction))",
      body: [
        "The test fails for the cause that production reported: the same type, message and path. "
          + "It is a known issue until a fix makes it pass."
      ])
  }

  private static func place(of reproduction: Reproduction) -> String {
    reproduction.certificate.innermost?.split(separator: ":").last.map(String.init)
      ?? reproduction.entry
  }

  static func facts(
    _ test: RegressionTest, failure: String, isSandboxed: Bool
  ) -> PullRequestFacts {
    let reproduction = test.reproduction
    let certificate = reproduction.certificate
    let frame = reproduction.event.exception?.frames.last { $0.repositoryPath != nil }
    var unverified = reproduction.assumptions
    unverified.append("no fix was tried: this is the test alone")
    if !isSandboxed { unverified.append("it ran without a sandbox") }
    return PullRequestFacts(
      failure: failure, exception: certificate.exception,
      place: certificate.innermost ?? reproduction.entry, line: frame?.line,
      release: reproduction.event.release,
      firstSeen: reproduction.event.timestamp.map {
        $0.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: false)) + " UTC"
      }, strategy: reproduction.strategy.rawValue, entry: reproduction.entry,
      runs: certificate.runs, of: certificate.of,
      counterfactual: sentence(certificate.counterfactual), path: certificate.path,
      rung: PullRequestFacts.Rung(rawValue: test.rung.rawValue) ?? .noFailure,
      rungReason: test.reason, unverified: unverified,
      command: test.style.framework == .pytest
        ? "python -m pytest --runxfail \(test.text.path)" : "python -m pytest \(test.text.path)",
      branch: "nevermore/\(failure)", testPath: test.text.path)
  }

  static func sentence(_ counterfactual: Certificate.Counterfactual) -> String {
    switch counterfactual {
    case .passes(let changed, _): "With \(changed) the entry does not fail."
    case .answers(let changed, let type):
      "With \(changed) the entry answers with its own `\(type)`."
    case .everyInputFails(let alike, let tried):
      "No nearby input passes: of \(tried) that were tried \(alike) fail alike."
    case .noInput: "The entry takes no input that could be changed."
    }
  }
}

import Failures
import Foundation
import Languages
import Shipping

/// What is said of a test to those who review it.
enum PullRequest {
  /// The commits of a branch: the test with its mark, then, where there is one, the fix that takes
  /// the mark away. The suite is green at each.
  static func steps(
    _ test: RegressionTest, _ failure: String, fix: PullRequestFix? = nil
  ) -> [Shipment.Step] {
    var marked: [String: [UInt8]?] = [test.marked.path: Array(test.marked.source.utf8)]
    for (path, text) in test.marked.fixtures { marked[path] = Array(text.utf8) }
    let isFixed = fix?.isShipped == true
    let first = Shipment.Step(files: marked, message: message(test, failure, isFixed: isFixed))
    guard isFixed, let fix, let patch = fix.patch else { return [first] }
    var files = patch.files
    files[test.text.path] = .some(Array(test.text.source.utf8))
    return [first, Shipment.Step(files: files, message: message(test, failure, fix, patch))]
  }

  private static func message(
    _ test: RegressionTest, _ failure: String, isFixed: Bool
  ) -> CommitMessage {
    let reproduction = test.reproduction
    let certificate = reproduction.certificate
    let mark =
      isFixed
      ? "It is marked as a known issue; the next commit fixes it and takes the mark away."
      : "It is a known issue until a fix makes it pass."
    return CommitMessage(
      failure: failure, signature: reproduction.signature,
      reproduction: .init(
        strategy: reproduction.strategy.rawValue, runs: certificate.runs, of: certificate.of),
      subject: "Test \(certificate.exception) in \(place(of: reproduction))",
      body: [
        "The test fails for the cause that production reported: the same type, message and path. "
          + mark
      ])
  }

  /// What was wrong, what changes and why.
  private static func message(
    _ test: RegressionTest, _ failure: String, _ fix: PullRequestFix, _ patch: Patch
  ) -> CommitMessage {
    let reproduction = test.reproduction
    let certificate = reproduction.certificate
    let place = certificate.innermost ?? reproduction.entry
    let paths = patch.files.keys.filter { $0 != test.text.path }.sorted()
    let changed = paths.prefix(3).joined(separator: ", ")
    let more = paths.count > 3 ? " and \(paths.count - 3) more files" : ""
    return CommitMessage(
      failure: failure, signature: reproduction.signature, reproduction: nil,
      subject: "Fix \(certificate.exception) in \(Self.place(of: reproduction))",
      body: [
        "Production failed with \(certificate.exception) in \(place); the test of the commit before "
          + "fails for the same cause, and passes from here on without its mark.",
        "This changes \(changed)\(more): \(fix.reason)\(fix.reason.hasSuffix(".") ? "" : ".")",
      ], verdict: fix.verdict, origin: patch.origin)
  }

  private static func place(of reproduction: Reproduction) -> String {
    reproduction.certificate.innermost?.split(separator: ":").last.map(String.init)
      ?? reproduction.entry
  }

  static func facts(
    _ test: RegressionTest, failure: String, isSandboxed: Bool, fix: PullRequestFix? = nil
  ) -> PullRequestFacts {
    let reproduction = test.reproduction
    let certificate = reproduction.certificate
    let frame = reproduction.event.exception?.frames.last { $0.repositoryPath != nil }
    var unverified = reproduction.assumptions
    if fix == nil { unverified.append("no fix is proven: this is the test alone") }
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
      command: test.style.framework == .pytest && fix?.isShipped != true
        ? "python -m pytest --runxfail \(test.text.path)" : "python -m pytest \(test.text.path)",
      branch: "nevermore/\(failure)", testPath: test.text.path,
      fix: fix)
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

/// What a reviewer reads: the failure, how it was reproduced, what the test expects and why, what the
/// fix is worth, what nobody checked, and the command that repeats it.
public struct PullRequestText: Sendable, Hashable {
  /// One line of plain text.
  public var title: String
  /// Markdown of fewer than 100 lines, and at most 50 for each of three alternatives.
  public var body: String

  public init(_ facts: PullRequestFacts) {
    let function = facts.place.split(separator: ":").last.map(String.init) ?? facts.place
    let kind = facts.fix?.isShipped == true ? "Fix" : "Regression test:"
    title = InertText.plain("\(kind) \(facts.exception) in \(function)", limit: 70)
    let fix = facts.fix
    let parts = [
      Self.opening(facts), fix.flatMap(Self.change), fix.map(Self.verdict),
      fix.flatMap(Self.alternatives), Self.reproduction(facts), Self.expectation(facts),
      Self.unverified(facts), Self.repetition(facts), Self.closing(facts),
    ]
    body = parts.compactMap { $0 }.joined(separator: "\n\n") + "\n"
  }

  private static func opening(_ facts: PullRequestFacts) -> String {
    let line = facts.line.map { ", line \($0)" } ?? ""
    let release = facts.release.map { " of release \(MarkdownText.code($0))" } ?? ""
    let first = facts.firstSeen.map { ", first seen \(MarkdownText.prose($0, limit: 60))" } ?? ""
    let test = MarkdownText.code(facts.testPath, limit: 300)
    let content =
      facts.fix?.isShipped == true
      ? "The first commit adds a test that fails for the same cause, \(test), marked as a known "
        + "issue; the second fixes it and takes the mark away."
      : "This adds a test that fails for the same cause: \(test)."
    return """
      Production\(release) failed with \(MarkdownText.code(facts.exception)) in \
      \(MarkdownText.code(facts.place))\(line)\(first). \(content)
      """
  }

  private static func reproduction(_ facts: PullRequestFacts) -> String {
    var lines = [
      "## How it was reproduced", "",
      "- Strategy: \(MarkdownText.code(facts.strategy)), "
        + "entered at \(MarkdownText.code(facts.entry)).",
      "- The same exception, message shape and path came back "
        + "in \(facts.runs) of \(facts.of) runs.",
    ]
    if let counterfactual = facts.counterfactual {
      lines.append("- Counterfactual: \(MarkdownText.prose(counterfactual))")
    } else {
      lines.append("- Counterfactual: none was found.")
    }
    if !facts.path.isEmpty {
      lines.append("- Path: \(abbreviated(facts.path))")
    }
    return lines.joined(separator: "\n")
  }

  /// Entry and failure always show; what lies between is cut in the middle.
  private static func abbreviated(_ path: [String]) -> String {
    let steps = path.map { MarkdownText.code($0) }
    guard steps.count > 8 else { return steps.joined(separator: " → ") }
    let middle = ["… \(steps.count - 7) more …"]
    return (steps.prefix(3) + middle + steps.suffix(4)).joined(separator: " → ")
  }

  private static func expectation(_ facts: PullRequestFacts) -> String {
    let claim =
      switch facts.rung {
      case .noFailure: "The test expects only that this input does not fail (rung 1 of 3)."
      case .property: "The test expects a property that the code states (rung 2 of 3)."
      case .value: "The test expects a value that a contract states (rung 3 of 3)."
      }
    let reason = facts.rungReason.isEmpty ? "" : "\nWhy: \(MarkdownText.prose(facts.rungReason))"
    return "## What the test expects\n\n\(claim)\(reason)"
  }

  private static func unverified(_ facts: PullRequestFacts) -> String {
    let all = (facts.fix.map(unrun) ?? []) + facts.unverified
    var lines = all.prefix(10).map { "- Not checked: \(MarkdownText.prose($0))" }
    let left = all.count - lines.count
    if left > 0 { lines.append("- … and \(left) more.") }
    if lines.isEmpty { lines = ["- Not checked: what neither the test nor the suite asks."] }
    return (["## What could not be verified", ""] + lines).joined(separator: "\n")
  }

  private static func repetition(_ facts: PullRequestFacts) -> String {
    "## Repeat it\n\nOn the branch \(MarkdownText.code(facts.branch)):\n\n"
      + MarkdownText.block(facts.command)
  }

  private static func closing(_ facts: PullRequestFacts) -> String {
    "Failure \(MarkdownText.code(facts.failure)). The test is yours once merged: an edit by "
      + "a person wins."
  }
}

/// What a reviewer reads: the failure, how it was reproduced, what the test expects and why, what
/// nobody checked, and the command that repeats it.
public struct PullRequestText: Sendable, Hashable {
  /// One line of plain text.
  public var title: String
  /// Markdown of fewer than 60 lines.
  public var body: String

  public init(_ facts: PullRequestFacts) {
    let function = facts.place.split(separator: ":").last.map(String.init) ?? facts.place
    title = InertText.plain("Regression test: \(facts.exception) in \(function)", limit: 70)
    body =
      [
        Self.opening(facts), Self.reproduction(facts), Self.expectation(facts),
        Self.unverified(facts), Self.repetition(facts), Self.closing(facts),
      ].joined(separator: "\n\n") + "\n"
  }

  private static func opening(_ facts: PullRequestFacts) -> String {
    let line = facts.line.map { ", line \($0)" } ?? ""
    let release = facts.release.map { " of release \(MarkdownText.code($0))" } ?? ""
    let first = facts.firstSeen.map { ", first seen \(MarkdownText.prose($0, limit: 60))" } ?? ""
    return """
      Production\(release) failed with \(MarkdownText.code(facts.exception)) in \
      \(MarkdownText.code(facts.place))\(line)\(first). \
      This adds a test that fails for the same cause: \
      \(MarkdownText.code(facts.testPath, limit: 300)).
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
    var lines = facts.unverified.prefix(10).map { "- Not checked: \(MarkdownText.prose($0))" }
    let left = facts.unverified.count - lines.count
    if left > 0 { lines.append("- … and \(left) more.") }
    if lines.isEmpty { lines = ["Nothing is known to have been left unchecked."] }
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

import Testing

@testable import Shipping

@Suite struct PullRequestTextTests {
  private func facts(_ text: String) -> PullRequestFacts {
    PullRequestFacts(
      failure: text, exception: text, place: text, line: 7, release: text, firstSeen: text,
      strategy: text, entry: text, runs: 3, of: 3, counterfactual: text,
      path: Array(repeating: text, count: 30), rung: .property, rungReason: text,
      unverified: Array(repeating: text, count: 40), command: text, branch: text, testPath: text)
  }

  @Test func `the text of a plain pull request`() throws {
    let text = PullRequestText(
      PullRequestFacts(
        failure: "3f2a", exception: "KeyError", place: "shop/cart.py:total", line: 41,
        release: "shop@1.2", firstSeen: "2026-03-01 12:00 UTC", strategy: "call",
        entry: "shop.cart:checkout", runs: 3, of: 3,
        counterfactual: "With `currency` set to \"usd\" the same call returns.",
        path: ["shop/cart.py:checkout", "shop/cart.py:total"], rung: .noFailure,
        rungReason: "Neither an annotation nor a docstring says what total_of returns here.",
        unverified: ["The value of `cart.items` was cut at 10 by the sender."],
        command: "nevermore reproduce 3f2a.json --repo .", branch: "nevermore/3f2a",
        testPath: "tests/test_cart_total.py"))
    try expectShippingGolden("\(text.title)\n\n\(text.body)", "pull-request-plain.md")
  }

  @Test func `the text of a hostile pull request`() throws {
    let text = PullRequestText(facts(hostileText))
    try expectShippingGolden("\(text.title)\n\n\(text.body)", "pull-request-hostile.md")
    #expect(text.body.split(separator: "\n", omittingEmptySubsequences: false).count < 60)
    #expect(!text.title.contains("\n") && text.title.count < 120)
  }

  @Test func `outside of code nothing of an event is left that a forge acts on`() {
    for fence in 0..<6 {
      let ticks = String(repeating: "`", count: fence)
      for text in [
        "\(ticks)\(hostileText)", "\(hostileText)\(ticks)",
        "a \(ticks)b \(hostileText) \(ticks) @x",
      ] {
        let prose = withoutCode(PullRequestText(facts(text)).body)
        let live = #/[@<>\[\]!&*~|\\]|#\w|://|www\.|GH-\d|PROJ-\d/#
        let match = prose.firstMatch(of: live)
        #expect(match == nil, "\(fence): \(match.map { String($0.output) } ?? "")")
      }
    }
  }

  @Test func `a code span gives back the line that it holds`() {
    for text in ["a", "`", "``", "`a", "a`", "a``b", "` `", "```sh"] {
      let span = MarkdownText.code(text)
      let fence = span.prefix { $0 == "`" }
      #expect(span.hasSuffix(fence) && !text.contains(fence), "\(text)")
    }
    #expect(MarkdownText.code(" \n ") == "(empty)")
  }

  /// What CommonMark leaves as text: spans and blocks of code end at the next run of as many
  /// backticks.
  private func withoutCode(_ markdown: String) -> String {
    var text = ""
    var rest = markdown[...]
    while let start = rest.firstIndex(of: "`") {
      text += rest[..<start]
      let fence = rest[start...].prefix { $0 == "`" }
      rest = rest[fence.endIndex...]
      var search = rest
      var end: Substring.Index?
      while let place = search.firstIndex(of: "`") {
        let run = search[place...].prefix { $0 == "`" }
        if run.count == fence.count {
          end = run.endIndex
          break
        }
        search = search[run.endIndex...]
      }
      guard let end else { return text + fence + rest }
      rest = rest[end...]
    }
    return text + rest
  }
}

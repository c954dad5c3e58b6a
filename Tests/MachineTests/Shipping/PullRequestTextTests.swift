import Failures
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

  private static func fix(
    _ text: String, _ decision: Verdict.Decision, suite: Gate.Result = .passed
  ) -> PullRequestFix {
    let gates = Gate.Name.allCases.map { name in
      Gate(
        name, name == .suite ? suite : .passed, text,
        details: name == .mutation || suite == .failed ? Array(repeating: text, count: 12) : [])
    }
    let diff =
      "diff --git a/shop/cart.py b/shop/cart.py\n--- a/shop/cart.py\n+++ b/shop/cart.py\n"
      + "@@ -1 +1,2 @@\n-\(text)\n+a\n+b\n"
    return PullRequestFix(
      patch: decision == .accepted
        ? Patch(diff: diff, files: ["shop/cart.py": []], origin: .template(text)) : nil,
      reason: text,
      verdict: Verdict(
        decision: decision, gates: gates, doubt: decision == .accepted ? nil : text),
      alternatives: Array(
        repeating: .init(
          diff: diff + String(repeating: "+\(text)\n", count: 60), origin: .command(text),
          differsOn: text), count: 5))
  }

  @Test func `the text of a pull request with a fix`() throws {
    var plain = PullRequestFacts(
      failure: "3f2a", exception: "KeyError", place: "shop/cart.py:total", line: 41,
      strategy: "call", entry: "shop.cart:checkout", runs: 3, of: 3,
      counterfactual: "With `currency` set to \"usd\" the same call returns.",
      path: ["shop/cart.py:checkout", "shop/cart.py:total"], rung: .noFailure,
      rungReason: "Neither an annotation nor a docstring says what it returns.",
      command: "python -m pytest tests/test_cart_total.py", branch: "nevermore/3f2a",
      testPath: "tests/test_cart_total.py")
    let diff =
      "diff --git a/shop/cart.py b/shop/cart.py\n--- a/shop/cart.py\n+++ b/shop/cart.py\n"
      + "@@ -41 +41 @@ def total(cart):\n-    return RATES[cart.currency]\n"
    let gates = [
      Gate(.redThenGreen, .passed, "The test fails before and passes after, in 3 of 3 runs."),
      Gate(.suite, .notRun, "The repository has no suite."),
      Gate(.unchangedElsewhere, .passed, "14 recorded calls of `total` answer as before."),
      Gate(
        .mutation, .passed, "Both demanded mutants are killed; 1 of 3 others survives.",
        details: ["shop/cart.py:total:weaken-guard:a | b→a:0"]),
      Gate(.scope, .passed, "One file, two lines."), Gate(.harmless, .passed, "No effect is lost."),
      Gate(.stable, .passed, "20 of 20 runs pass."),
    ]
    plain.fix = PullRequestFix(
      patch: Patch(
        diff: diff + "+    return RATES.get(cart.currency, 1)\n",
        files: ["shop/cart.py": []], origin: .template("missing-key")),
      reason: "Two siblings of `total` answer 1 for a currency without a rate.",
      verdict: Verdict(decision: .accepted, gates: gates),
      alternatives: [
        .init(
          diff: diff + "+    return RATES.get(cart.currency, 0)\n", origin: .command("assistant"),
          differsOn: "`Cart(currency=\"xxx\")`: 0 in place of 1")
      ])
    let accepted = PullRequestText(plain)
    plain.fix?.patch = nil
    plain.fix?.verdict.decision = .inconclusive
    plain.fix?.verdict.doubt = "Two changes pass every gate and differ."
    let open = PullRequestText(plain)
    try expectShippingGolden(
      "\(accepted.title)\n\n\(accepted.body)\n---\n\n\(open.title)\n\n\(open.body)",
      "pull-request-fix.md")
  }

  @Test(arguments: [Verdict.Decision.accepted, .inconclusive, .rejected])
  func `a hostile fix is shown and does nothing`(decision: Verdict.Decision) {
    var facts = facts(hostileText)
    for suite in [Gate.Result.passed, .failed, .notRun] {
      facts.fix = Self.fix(hostileText, decision, suite: suite)
      let text = PullRequestText(facts)
      let lines = text.body.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count < 250)
      let table = lines.filter { $0.hasPrefix("| ") }
      #expect(table.count == 8)
      for row in table {
        #expect(row.replacingOccurrences(of: "\\|", with: "").split(separator: "|").count == 3)
      }
      let prose = withoutCode(text.body)
      let live = #/[@<>\[\]!&*~\\]|#\w|://|www\.|GH-\d|PROJ-\d/#
      let match = prose.firstMatch(of: live)
      #expect(match == nil, "\(match.map { String($0.output) } ?? "")")
    }
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

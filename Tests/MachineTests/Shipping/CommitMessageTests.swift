import Failures
import Foundation
import Testing

@testable import Shipping

@Suite struct CommitMessageTests {
  private func message(_ text: String, failure: String = "f-1") -> CommitMessage {
    CommitMessage(
      failure: failure,
      signature: FailureSignature(exception: text, message: text, innermost: text),
      reproduction: .init(strategy: text, runs: 3, of: 3), subject: text, body: [text, "", text],
      verdict: Verdict(
        decision: .accepted,
        gates: [Gate(.redThenGreen, .passed, text), Gate(.suite, .notRun, text)], doubt: text),
      origin: .command(text))
  }

  @Test func `a plain message`() throws {
    let plain = CommitMessage(
      failure: "3f2a",
      signature: FailureSignature(
        exception: "KeyError", message: "'eur'", innermost: "shop/cart.py:total"),
      reproduction: .init(strategy: "call", runs: 3, of: 3), subject: "Test a KeyError in total",
      body: [
        "A currency without a rate reached total. The test calls it with the smallest cart that fails and expects that it does not fail."
      ])
    try expectShippingGolden(plain.text, "commit-plain.txt")
  }

  @Test func `a hostile message`() throws {
    try expectShippingGolden(message(hostileText).text, "commit-hostile.txt")
  }

  @Test func `git finds our trailers and no others, whatever the event says`() throws {
    let fixture = try GitFixture()
    let pieces =
      hostileText.split(separator: " ", omittingEmptySubsequences: false).map(String.init) + [
        "\n", "\n\n", "Failure: x", "---\n", "Signature: v1", "\u{85}",
        "(cherry picked from commit 1)",
      ]
    for seed in 0..<40 {
      var generator = SplitMix(seed: UInt64(seed))
      let text = (0..<12).map { _ in pieces.randomElement(using: &generator) ?? "" }
        .joined(separator: seed % 2 == 0 ? "\n" : " ")
      let whole = message(text).text
      for options in [["--no-divider"], []] {
        let found = try fixture.git(
          ["interpret-trailers", "--parse"] + options, input: Array(whole.utf8))
        let keys = found.split(separator: "\n").map { $0.prefix { $0 != ":" } }
        #expect(
          keys == ["Failure", "Signature", "Reproduction", "Verdict", "Origin"], "seed \(seed)")
        #expect(found.hasPrefix("Failure: f-1\n"))
      }
      let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines[0].count <= 72 && !lines[0].isEmpty && lines[1].isEmpty)
      let visible = whole.unicodeScalars.allSatisfy { $0 == "\n" || !InertText.isInvisible($0) }
      #expect(visible, "seed \(seed)")
      let live = #/[@#!&$%~][A-Za-z0-9]|://|\[skip|GH-\d|\*\*\*/#
      #expect(whole.firstMatch(of: live) == nil, "seed \(seed): \(whole)")
    }
  }

  @Test func `a commit is ours only by its committer, its single parent and its last paragraph`() {
    func record(_ committer: String, _ message: String, parents: Int = 1) -> CommitRecord? {
      let parents = String(repeating: "parent 1\n", count: parents)
      return CommitRecord(
        Array(
          "tree 2\n\(parents)author A <a@b> 1 +0000\ncommitter \(committer) 1 +0000\n\n\(message)"
            .utf8))
    }
    let ours = "Nevermore <nevermore@localhost>"
    #expect(record(ours, "s\n\nFailure: f-1\nSignature: v1\n")?.isOurs(failure: "f-1") == true)
    #expect(record(ours, "s\n\nFailure: f-1\n\nmore\n")?.isOurs(failure: "f-1") == false)
    #expect(record(ours, "s\n\nFailure: f-10\n")?.isOurs(failure: "f-1") == false)
    #expect(record(ours, "s\n\nFailure: f-1\n", parents: 2)?.isOurs(failure: "f-1") == false)
    #expect(record("Ada <a@b>", "s\n\nFailure: f-1\n")?.isOurs(failure: "f-1") == false)
    #expect(CommitRecord([1, 2]) == nil)
  }

  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }
}

import Failures
import Testing

@testable import Forges

@Suite struct ProposalTests {
  @Test func `text is cut to what every forge takes`() {
    let long = Proposal(
      branch: "b", base: "main", title: String(repeating: "t", count: 1000) + "\nx",
      body: String(repeating: "line\n", count: 50_000),
      labels: ["a,b", "", "\u{202E}", String(repeating: "l", count: 200)])
    #expect(long.title.count == 200 && long.title.hasSuffix("…"))
    #expect(long.body.utf8.count <= 65_000 && long.body.hasSuffix("line\n\n…\n"))
    #expect(long.labels.map(\.count) == [2, 50])
  }

  @Test func `a title keeps its code`() {
    #expect(Proposal(branch: "b", base: "m", title: "Fix `x`", body: "").title == "Fix `x`")
    #expect(SafeText.literal("Fix `x`", limit: 80) == "Fix 'x'")
  }

  @Test(arguments: ["short", "UPPER123", "with space", "a-->-b12", "a--b-c-d-e", "ümlaut-12345"])
  func `a marker cannot end the line that hides it`(name: String) {
    #expect(CommentMarker(name) == nil)
  }

  @Test func `a marker marks only at the start`() throws {
    let marker = try #require(CommentMarker("0123456789ab"))
    #expect(marker.marks("<!-- nevermore:0123456789ab -->\r\ntext"))
    #expect(!marker.marks("quote:\n<!-- nevermore:0123456789ab -->"))
    #expect(!marker.marks("> <!-- nevermore:0123456789ab -->"))
    #expect(!marker.marks(""))
  }

  @Test func `a verdict becomes one line beside the commit`() {
    let gates = [Gate(.redThenGreen, .passed, "secret"), Gate(.suite, .notRun, "secret")]
    let accepted = CommitStatus(Verdict(decision: .accepted, gates: gates))
    #expect(accepted.state == .success && accepted.description == "accepted: 1 of 2 gates passed")
    #expect(CommitStatus(Verdict(decision: .rejected, gates: gates)).state == .failure)
    #expect(CommitStatus(Verdict(decision: .inconclusive, gates: gates)).state == .pending)
  }

  @Test func `a draft's mark is taken off and put on again`() {
    #expect(DraftTitle.plain("draft:  Fix", prefix: "Draft:") == ("Fix", true))
    #expect(DraftTitle.plain("Drafty", prefix: "Draft:") == ("Drafty", false))
    #expect(DraftTitle.marked("Fix", prefix: "WIP:", if: true) == "WIP: Fix")
  }
}

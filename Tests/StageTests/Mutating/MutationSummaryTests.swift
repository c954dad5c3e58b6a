import Languages
import Testing

@testable import Validating

struct MutationSummaryTests {
  private static let file = Sketch.file([
    .function(
      "f", [("x", nil)],
      [
        .branch(.compare(.name("x"), "<", .integer(3)), [.give(.string("low"))]),
        .give(.string("high")),
      ])
  ])
  private static let mutants = MutantFinder(notation: .sketch).mutants(of: file)

  /// Instruments that answer with these outcomes, in order.
  private static func summary(
    _ outcomes: [MutantOutcome], failing: [String] = [], trouble: String? = nil
  ) -> MutationSummary {
    MutationSummary(
      plan: .init(mutants: mutants, unreadable: []),
      report: MutationReport(
        entries: zip(mutants, outcomes).map { .init(mutant: $0, outcome: $1) },
        failingBaseline: failing, trouble: trouble, isCut: outcomes.count < mutants.count))
  }

  private static func all(but outcome: MutantOutcome) -> [MutantOutcome] {
    [outcome] + Array(repeating: .killed(by: "t"), count: mutants.count - 1)
  }

  @Test func `a survivor outweighs a timeout, and a timeout is no kill`() {
    #expect(Self.summary(Self.all(but: .killed(by: "t"))).outcome == .killed)
    #expect(Self.summary(Self.all(but: .survived)).outcome == .survivors)
    #expect(Self.summary(Self.all(but: .notCovered)).outcome == .survivors)
    #expect(Self.summary(Self.all(but: .timedOut)).outcome == .timeouts)
    #expect(Self.summary([.timedOut, .survived]).outcome == .survivors)
    let timed = Self.summary(Self.all(but: .timedOut))
    #expect(timed.score == Double(Self.mutants.count - 1) / Double(Self.mutants.count))
  }

  @Test func `what compiles to the same, or not at all, says nothing`() {
    for outcome in [MutantOutcome.equivalent, .unviable] {
      let summary = Self.summary(Self.all(but: outcome))
      #expect(summary.outcome == .killed && summary.score == 1)
    }
  }

  @Test func `what the budget left out is told, and is no success`() {
    let summary = Self.summary([.killed(by: "t")])
    #expect(summary.leftOut == Array(Self.mutants.dropFirst()))
    #expect(summary.outcome == .timeouts)
  }

  @Test func `tests that fail without a mutant judge nothing`() {
    #expect(Self.summary([], failing: ["t"]).outcome == .failingBaseline)
    #expect(Self.summary([], trouble: "no tests").outcome == .failingBaseline)
    #expect(Self.summary([], failing: ["t"]).leftOut.isEmpty)
  }

  @Test func `a survivor says what the tests lack`() throws {
    let place = try #require(Self.mutants.firstIndex { $0.operation == "move-boundary" })
    let entry = MutationReport.Entry(mutant: Self.mutants[place], outcome: .survived)
    #expect(
      MutationSummary.meaning(of: entry) == "no test has the value at the bound itself")
  }

  @Test func `only lines that a change added or rewrote are in its scope`() {
    let part = MutationScope.changed("a.py", from: "a\nb\nc\n", to: "a\nB\nc\nd\n")
    #expect(part == .init(path: "a.py", lines: [2...2, 4...4]))
    #expect(MutationScope.changed("a.py", from: "a\nb\n", to: "a\n") == nil)
  }
}

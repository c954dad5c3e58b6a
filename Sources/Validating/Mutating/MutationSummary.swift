import Languages

/// What the mutants of a scope say about the tests.
public struct MutationSummary: Sendable, Hashable {
  public enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// Every mutant that changes anything was noticed.
    case killed
    /// Some were not.
    case survivors
    /// None survived, but some, or the run itself, took too long to tell.
    case timeouts
    /// The tests fail or cannot run without any mutant.
    case failingBaseline = "failing-baseline"
  }

  /// In the order of the source.
  public var entries: [MutationReport.Entry]
  /// What the budget left out.
  public var leftOut: [Mutant]
  public var unreadable: [String]
  /// Tests that fail without any mutant.
  public var failingBaseline: [String]
  /// Why the tests could not run at all.
  public var trouble: String?
  /// Seconds of CPU that collecting, the baseline and coverage took.
  public var preparationCPUSeconds: Double

  init(plan: MutationTrial.Plan, report: MutationReport) {
    entries = report.entries
    let judged = Set(report.entries.map(\.mutant))
    let isRun = report.failingBaseline.isEmpty && report.trouble == nil
    leftOut = isRun ? plan.mutants.filter { !judged.contains($0) } : []
    unreadable = plan.unreadable
    failingBaseline = report.failingBaseline
    trouble = report.trouble
    preparationCPUSeconds = report.preparationCPUSeconds
  }

  public var outcome: Outcome {
    if trouble != nil || !failingBaseline.isEmpty { return .failingBaseline }
    if !survivors.isEmpty { return .survivors }
    return timedOut > 0 || !leftOut.isEmpty ? .timeouts : .killed
  }

  /// Those that no test noticed, and those whose lines no test runs.
  public var survivors: [MutationReport.Entry] {
    entries.filter { $0.outcome == .survived || $0.outcome == .notCovered }
  }

  public var killed: Int {
    entries.count { if case .killed = $0.outcome { true } else { false } }
  }
  public var survived: Int { count(.survived) }
  public var timedOut: Int { count(.timedOut) }
  public var unviable: Int { count(.unviable) }
  public var equivalent: Int { count(.equivalent) }
  public var notCovered: Int { count(.notCovered) }

  /// Share of the mutants that were killed, of those that change what the program does; a timeout is no kill. `nil` where
  /// there are none.
  public var score: Double? {
    let all = killed + survivors.count + timedOut
    return all == 0 ? nil : Double(killed) / Double(all)
  }

  /// Seconds of CPU that judging took, without the preparation.
  public var judgingCPUSeconds: Double { entries.reduce(0) { $0 + $1.cpuSeconds } }

  private func count(_ outcome: MutantOutcome) -> Int { entries.count { $0.outcome == outcome } }

  /// What a surviving mutant says about the tests: `no test has the value at the bound itself`.
  public static func meaning(of entry: MutationReport.Entry) -> String {
    if entry.outcome == .notCovered { return "no test runs this line" }
    let meaning = MutationOperator.all.first { $0.name == entry.mutant.operation }?.meaning
    return "no test " + (meaning ?? "notices")
  }
}

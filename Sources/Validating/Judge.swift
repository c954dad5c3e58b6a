import Failures
import Languages

/// How much a judge may spend, and what it may look at.
public struct JudgeBudget: Sendable, Hashable {
  /// For one run of the suite.
  public var suiteSeconds: Double
  /// For each round of mutants.
  public var mutationSeconds: Double
  /// Nearby inputs that are tried.
  public var neighbours: Int
  /// Whether the gates behind one that failed are left out: for candidates of which there are many.
  public var stopsAtFirstFailure: Bool

  public init(
    suiteSeconds: Double = 120, mutationSeconds: Double = 60, neighbours: Int = 60,
    stopsAtFirstFailure: Bool = false
  ) {
    self.suiteSeconds = suiteSeconds
    self.mutationSeconds = mutationSeconds
    self.neighbours = neighbours
    self.stopsAtFirstFailure = stopsAtFirstFailure
  }
}

/// Weighs a patch against the failure that it claims to mend, whoever wrote it.
///
/// The judge is independent: it sees the test, both sides and the change, and nothing of who proposes it. Gates run cheapest
/// first; their verdict is in the order of ``Gate/Name``.
public struct Judge: Sendable {
  let test: RegressionTest
  let before: Side
  let after: Side
  let budget: JudgeBudget

  public init(
    test: RegressionTest, before: Side, after: Side, budget: JudgeBudget = JudgeBudget()
  ) {
    self.test = test
    self.before = before
    self.after = after
    self.budget = budget
  }

  /// Why a gate was not run that no longer mattered.
  public static let skipped = "An earlier gate failed."

  public func verdict(of patch: Patch) throws -> Verdict {
    let notation = before.instruments.notation
    let changes = try ChangeSet(of: patch, before: before, after: after, notation.conventions)
    var gates: [Gate] = []
    func open(_ name: Gate.Name, _ work: () throws -> Gate) throws {
      if budget.stopsAtFirstFailure, gates.contains(where: { $0.result == .failed }) {
        gates.append(Gate(name, .notRun, Self.skipped))
        return
      }
      gates.append(try work())
    }

    try open(.scope) { ScopeGate(changes: changes, conventions: notation.conventions).gate() }
    try open(.redThenGreen) {
      try RedThenGreen(test: test, changes: changes, before: before, after: after).gate()
    }
    let isGreen = gates.last?.result == .passed
    var harm: [Finding] = []
    let neighbours = try NeighbourComparison(
      test: test, before: before, after: after, limit: isGreen ? budget.neighbours : 0)
    try open(.harmless) {
      harm = try HarmScene(
        changes: changes.sources, reproduction: test.reproduction,
        crashState: neighbours.crashState, notation: notation, search: before.session.search
      ).findings()
      return HarmlessGate.gate(harm)
    }
    guard isGreen else {
      for name in Gate.Name.allCases where !gates.contains(where: { $0.name == name }) {
        gates.append(Gate(name, .notRun, "The new test does not pass with the patch."))
      }
      return Decision.verdict(gates)
    }
    let isOver = budget.stopsAtFirstFailure && gates.contains { $0.result == .failed }
    let stable = StableGate(test: test, after: after)
    let (reruns, suite) = try Concurrently.both(
      { isOver ? Gate(.stable, .notRun, Self.skipped) : try stable.gate() },
      {
        try SuiteComparison(
          test: test, changes: changes, before: before, after: after, seconds: budget.suiteSeconds,
          isSkipped: isOver)
      })
    try open(.stable) { reruns }
    try open(.suite) { suite.gate() }
    let elsewhere = UnchangedElsewhere(
      neighbours: neighbours, calls: suite.calls, isPicky: changes.isPicky,
      proof: OnlyFailures(
        changes: changes.sources, reproduction: test.reproduction, notation: notation,
        before: before))
    try open(.unchangedElsewhere) { try elsewhere.gate() }
    try open(.mutation) {
      try MutationGate(
        test: test, changes: changes, after: after, notation: notation, neighbours: neighbours,
        suite: suite, seconds: budget.mutationSeconds
      ).gate()
    }
    if let place = gates.firstIndex(where: { $0.name == .harmless }) {
      gates[place] = HarmlessGate.gate(harm + suite.oddAnswers(harm))
    }
    return Decision.verdict(gates, doubtful: elsewhere.isDoubtful ? [.unchangedElsewhere] : [])
  }
}

import Failures
import Languages

/// Undoing any hunk, or making any guard of it protect less, is noticed: by the new test first, then by the suite, then by the
/// programs near the failing one.
struct MutationGate {
  let test: RegressionTest
  let changes: ChangeSet
  let after: Side
  let notation: Notation
  let neighbours: NeighbourComparison
  let suite: SuiteComparison
  let seconds: Double

  func gate() throws -> Gate {
    var demanded: [Mutant] = []
    var others: [Mutant] = []
    for change in changes.sources {
      guard let new = change.after else { continue }
      let mutants = PatchMutants(before: change.before?.file, after: new.file, notation: notation)
      demanded += mutants.undone + mutants.weakened + mutants.widened
      others += mutants.others
    }
    guard !demanded.isEmpty else {
      return Gate(.mutation, .notRun, "The patch has no hunk of code that could be undone.")
    }
    do {
      let survivors = try survivors(of: demanded)
      let counted = try count(Array(others.prefix(60)))
      return judge(demanded, survivors, counted)
    } catch {
      return Gate(.mutation, .notRun, "The mutants could not be run: \(error)")
    }
  }

  // MARK: running

  private func survivors(of mutants: [Mutant]) throws -> [Mutant] {
    var files = test.text.fixtures
    files[test.text.path] = test.text.source
    let first = try after.instruments.mutate(
      MutationRequest(mutants: mutants, tests: [test.text.path], files: files, seconds: seconds))
    if let trouble = first.trouble { throw Trouble(words: trouble) }
    if !first.failingBaseline.isEmpty {
      throw Trouble(words: "the new test fails without any mutant")
    }
    if first.isCut { throw Trouble(words: "the time was up") }
    var left = Self.alive(first)
    let witnesses = suite.witnesses
    if !left.isEmpty, !witnesses.isEmpty {
      let second = try after.instruments.mutate(
        MutationRequest(
          mutants: left, tests: Array(witnesses.prefix(400)), seconds: seconds))
      if second.trouble == nil {
        let dead = Set(
          second.entries.filter { !Self.isAlive($0.outcome) }.map(\.mutant.identifier))
        left.removeAll { dead.contains($0.identifier) }
      }
    }
    return try left.filter { try !isToldByNeighbours($0) }
  }

  private struct Trouble: Error, CustomStringConvertible {
    var words: String
    var description: String { words }
  }

  private static func isAlive(_ outcome: MutantOutcome) -> Bool {
    switch outcome {
    case .survived, .notCovered: true
    // A change that takes for ever is no kill, and no survivor either: the run was not the same.
    case .killed, .timedOut, .unviable, .equivalent: false
    }
  }

  private static func alive(_ report: MutationReport) -> [Mutant] {
    report.entries.filter { isAlive($0.outcome) }.map(\.mutant)
  }

  /// Whether a program near the failing one does something else with the mutant than with the patch.
  private func isToldByNeighbours(_ mutant: Mutant) throws -> Bool {
    let useful = zip(neighbours.pairs, neighbours.findings).filter { $1 != .unclear }.map(\.0)
    guard !useful.isEmpty, let change = changes.sources.first(where: { $0.path == mutant.path }),
      let file = change.after?.file
    else { return false }
    let text = file.applying([
      SourceEdit(path: mutant.path, bytes: mutant.span.bytes, text: mutant.replacement)
    ])
    let seen = try after.instruments.observe(
      useful.map(\.neighbour.program), [mutant.path: text])
    return zip(useful, seen).contains { pair, observation in
      Self.differs(pair.after, observation)
    }
  }

  private static func differs(_ patched: Observation, _ mutated: Observation) -> Bool {
    switch (patched.report.outcome, mutated.report.outcome) {
    case (.returned(let one), .returned(let other)):
      if one != other { return true }
      guard patched.isExact, mutated.isExact else { return false }
      return patched.result != mutated.result || patched.state != mutated.state
    case (.raised(let one), .raised(let other)):
      return one.first?.type != other.first?.type
        || one.first.map { FailureSignature.shape(of: $0.message) }
          != other.first.map { FailureSignature.shape(of: $0.message) }
    case (.unusable, _), (_, .unusable), (.timedOut, _), (_, .timedOut): return false
    default: return true
    }
  }

  /// How many of the other mutants the new test kills.
  private func count(_ mutants: [Mutant]) throws -> (killed: Int, survived: [Mutant]) {
    guard !mutants.isEmpty else { return (0, []) }
    var files = test.text.fixtures
    files[test.text.path] = test.text.source
    let report = try after.instruments.mutate(
      MutationRequest(
        mutants: mutants, tests: [test.text.path] + suite.witnesses.prefix(100), files: files,
        seconds: seconds / 2))
    let killed = report.entries.count {
      if case .killed = $0.outcome { true } else { false }
    }
    return (killed, Self.alive(report))
  }

  // MARK: judging

  private func judge(
    _ demanded: [Mutant], _ survivors: [Mutant], _ counted: (killed: Int, survived: [Mutant])
  ) -> Gate {
    let left = Set(survivors.map(\.identifier))
    let needed = demanded.filter {
      $0.operation == PatchMutants.undoHunk && !left.contains($0.identifier)
    }
    let rule = UnneededHunks(
      changes: changes, test: test, notation: notation,
      needed: Set(needed.compactMap { mutant in mutant.function.map { "\(mutant.path):\($0)" } }))
    let findings = survivors.flatMap { rule.findings($0) }.sorted { $0.weight > $1.weight }
    let details =
      findings.map(\.text)
      + counted.survived.prefix(10).map {
        "survivor: \($0.path):\($0.span.lines.lowerBound) `\($0.original.brief)` → `\($0.replacement.brief)`"
      }
    if let first = findings.first(where: { $0.weight == .harm }) {
      return Gate(.mutation, .failed, first.text + ".", details: details)
    }
    if let first = findings.first(where: { $0.weight == .doubt }) {
      return Gate(.mutation, .notRun, "A person has to decide: \(first.text).", details: details)
    }
    let all = counted.killed + counted.survived.count
    let noticed = demanded.count - survivors.count
    let others =
      all == 0
      ? "" : "; \(counted.killed) of \(all.of("other mutant")) \(counted.killed.are) killed"
    return Gate(
      .mutation, .passed,
      "\(noticed) of \(demanded.count.of("way")) to undo or weaken the patch \(noticed.are) noticed\(others).",
      details: details)
  }
}

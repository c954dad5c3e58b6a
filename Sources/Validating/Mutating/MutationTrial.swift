import Languages

/// Finds the mutants of a scope and has the tests judge them.
public struct MutationTrial: Sendable {
  private let instruments: Instruments

  public init(_ instruments: Instruments) { self.instruments = instruments }

  /// What there is to judge, before anything runs.
  public struct Plan: Sendable, Hashable {
    public var mutants: [Mutant]
    /// Files that do not parse.
    public var unreadable: [String]
  }

  public func plan(_ scope: MutationScope) throws -> Plan {
    var plan = Plan(mutants: [], unreadable: [])
    let finder = MutantFinder(notation: instruments.notation)
    for part in scope.parts {
      if let file = try instruments.syntax(part.path, part.lines) {
        plan.mutants += finder.mutants(of: file, lines: part.lines)
      } else {
        plan.unreadable.append(part.path)
      }
    }
    return plan
  }

  /// Judges a plan with some tests, or with the whole suite.
  public func judge(_ plan: Plan, tests: [String]?, seconds: Double) throws -> MutationSummary {
    let report =
      plan.mutants.isEmpty
      ? MutationReport(entries: [])
      : try instruments.mutate(
        MutationRequest(mutants: plan.mutants, tests: tests, seconds: seconds))
    return MutationSummary(plan: plan, report: report)
  }
}

/// How a session measures what judging and mending need: syntax by span, suites, calls, mutants, reruns.
public struct Instruments: Sendable {
  public var notation: Notation
  /// A file of the tree with its syntax; `nil` where it does not parse. With `lines`, functions that stand on none of them
  /// come without their bodies.
  public var syntax: @Sendable (_ path: String, _ lines: [ClosedRange<Int>]?) throws -> SourceFile?
  /// Runs programs, each in a fresh fork, as if these files had these texts.
  public var observe:
    @Sendable (_ programs: [Program], _ changes: [String: String]) throws -> [Observation]
  public var runSuite: @Sendable (SuiteRequest) throws -> SuiteReport
  public var mutate: @Sendable (MutationRequest) throws -> MutationReport
  /// Seventeen forked and three fresh runs of one test, each with other seeds, orders and clocks.
  public var rerun: @Sendable (TestText) throws -> [Rerun]

  public init(
    notation: Notation,
    syntax: @escaping @Sendable (String, [ClosedRange<Int>]?) throws -> SourceFile?,
    observe: @escaping @Sendable ([Program], [String: String]) throws -> [Observation],
    runSuite: @escaping @Sendable (SuiteRequest) throws -> SuiteReport,
    mutate: @escaping @Sendable (MutationRequest) throws -> MutationReport,
    rerun: @escaping @Sendable (TestText) throws -> [Rerun]
  ) {
    self.notation = notation
    self.syntax = syntax
    self.observe = observe
    self.runSuite = runSuite
    self.mutate = mutate
    self.rerun = rerun
  }
}

import Languages

/// Whether a trial failed as another one did: for the same cause, at the same lines, and with the same operands null, empty,
/// zero or missing; more of them may be, since less data is left. What is made smaller must not slip to another fault of the
/// same function.
struct Likeness {
  let oracle: SameCause
  let lines: [Int]
  let operands: Set<String>

  init(_ report: TrialReport, _ oracle: SameCause) {
    self.oracle = oracle
    lines = report.exception.map(Self.lines) ?? []
    operands = Self.operands(report)
  }

  func holds(_ report: TrialReport) -> Bool {
    guard case .same(let raised) = oracle.judge(report), report.effects.isEmpty else {
      return false
    }
    return Self.lines(raised) == lines && operands.isSubset(of: Self.operands(report))
  }

  private static func lines(_ raised: RaisedException) -> [Int] {
    raised.frames.filter { $0.repositoryPath != nil }.map(\.line)
  }

  /// Those of the failing line; what is only a value may be another one.
  private static func operands(_ report: TrialReport) -> Set<String> {
    Set(
      report.crashState.filter { $0.depth == 0 && $0.condition != .value }.map {
        "\($0.source) \($0.condition)"
      })
  }
}

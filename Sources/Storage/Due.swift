import GRDB

/// When an attempt may be taken, by a clock that may have been set: what lies further ahead than any pause or lease reaches was
/// written by another time, and is over.
///
/// Laws: a clock set back delays nothing by more than a pause; one set forward takes an attempt from a worker that holds it, whose
/// words then no longer count, and nothing else.
struct Due {
  var time: Double
  /// Seconds of a lease.
  var lease: Double

  /// Seconds of the longest pause between two tries.
  static let longestPause = 3600.0

  /// A lease that ran out, or that reaches further than two leases.
  private static let isOver = """
    attempt.state = 'held' AND (attempt.heldUntil < :time OR attempt.heldUntil > :time + 2 * :lease)
    """
  static let condition = """
    (attempt.state = 'waiting'
      AND (attempt.notBefore <= :time OR attempt.notBefore > :time + \(longestPause)))
    OR (\(isOver))
    """
  /// Whatever would be tried again, now or later.
  static let worn = "attempt.state = 'waiting' OR (\(isOver))"

  var arguments: StatementArguments { ["time": time, "lease": lease] }
}

import Foundation
import GRDB

/// What an attempt ended with.
public struct AttemptEnd: Sendable {
  /// `fixed`, `tested`, `stopped`, … as `fix --json` says it.
  public var outcome: String
  public var state: FailureState
  /// The report that `fix --json` prints.
  public var report: [UInt8]
  public var branch: String?
  public var pullRequest: String?
  /// The commit whose presence in a release means that the failure should not come back.
  public var fixCommit: String?
  /// What is to be shipped elsewhere: it opens an attempt of its own, in the same transaction.
  public var shipment: [UInt8]?

  public init(
    outcome: String, state: FailureState, report: [UInt8], branch: String? = nil,
    pullRequest: String? = nil, fixCommit: String? = nil, shipment: [UInt8]? = nil
  ) {
    self.outcome = outcome
    self.state = state
    self.report = report
    self.branch = branch
    self.pullRequest = pullRequest
    self.fixCommit = fixCommit
    self.shipment = shipment
  }
}

extension Store {
  /// Ends an attempt, once: what a worker that was overtaken says no longer counts.
  public func end(
    _ attempt: Attempt, with end: AttemptEnd, now: Date = Date()
  ) throws(StorageError) {
    try storing {
      try pool.write { database in
        try Self.check(attempt, in: database)
        try database.execute(
          sql: """
            UPDATE attempt SET state = 'ended', endedAt = ?, outcome = ?, report = ?, cause = NULL,
              heldUntil = NULL WHERE id = ?
            """,
          arguments: [now.timeIntervalSince1970, end.outcome, Data(end.report), attempt.id])
        try database.execute(
          sql: """
            UPDATE failure SET state = ?, branch = coalesce(?, branch),
              pullRequest = coalesce(?, pullRequest), fixCommit = coalesce(?, fixCommit)
            WHERE id = ? AND state <> 'ignored'
            """,
          arguments: [
            end.state.rawValue, end.branch, end.pullRequest, end.fixCommit, attempt.failure,
          ])
        if let shipment = end.shipment {
          let time = now.timeIntervalSince1970
          try database.execute(
            sql: """
              INSERT INTO attempt (failure, event, reason, state, openedAt, notBefore, report)
              VALUES (?, ?, 'ship', 'waiting', ?, ?, ?) ON CONFLICT DO NOTHING
              """, arguments: [attempt.failure, attempt.event, time, time, Data(shipment)])
        }
      }
    }
  }
}

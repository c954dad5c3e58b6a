import Foundation
import GRDB

extension Store {
  /// What an attempt that ships is to ship.
  public func shipment(of attempt: Attempt) throws(StorageError) -> [UInt8]? {
    try storing {
      try pool.read { database in
        try Data.fetchOne(
          database, sql: "SELECT report FROM attempt WHERE id = ?", arguments: [attempt.id]
        ).map(Array.init)
      }
    }
  }

  /// Pull requests of a project that were opened since, and those that are open.
  public func requests(
    ofProject project: Int64, since moment: Date
  ) throws(StorageError) -> (opened: Int, open: Int) {
    try storing {
      try pool.read { database in
        let opened = try Int.fetchOne(
          database,
          sql: """
            SELECT count(*) FROM effect JOIN attempt ON attempt.id = effect.attempt
              JOIN failure ON failure.id = attempt.failure
            WHERE failure.project = ? AND effect.key LIKE 'request %' AND effect.at > ?
            """, arguments: [project, moment.timeIntervalSince1970])
        let open = try Int.fetchOne(
          database, sql: "SELECT count(*) FROM failure WHERE project = ? AND state = 'proposed'",
          arguments: [project])
        return (opened ?? 0, open ?? 0)
      }
    }
  }

  /// Puts an attempt off that may not be done yet; no try is used up.
  public func putOff(_ attempt: Attempt, until moment: Date, because cause: String)
    throws(StorageError)
  {
    try storing {
      try pool.write { database in
        try Self.check(attempt, in: database)
        try database.execute(
          sql: """
            UPDATE attempt SET state = 'waiting', notBefore = ?, cause = ?, heldUntil = NULL,
              tries = tries - 1 WHERE id = ?
            """, arguments: [moment.timeIntervalSince1970, cause, attempt.id])
      }
    }
  }

  /// Ends an attempt that shipped; `state` is what the failure's becomes, where it changes.
  public func endShipping(
    _ attempt: Attempt, outcome: String, state: FailureState?, pullRequest: String?,
    note: String? = nil, now: Date = Date()
  ) throws(StorageError) {
    try storing {
      try pool.write { database in
        try Self.check(attempt, in: database)
        try database.execute(
          sql: """
            UPDATE attempt SET state = 'ended', endedAt = ?, outcome = ?, cause = ?, heldUntil = NULL
            WHERE id = ?
            """, arguments: [now.timeIntervalSince1970, outcome, note, attempt.id])
        try database.execute(
          sql: """
            UPDATE failure SET state = coalesce(?, state), pullRequest = coalesce(?, pullRequest),
              note = ? WHERE id = ? AND state <> 'ignored'
            """, arguments: [state?.rawValue, pullRequest, note, attempt.failure])
      }
    }
  }

  /// Failures whose pull request is open, of all projects.
  public func proposed() throws(StorageError) -> [FailureRecord] {
    try failures(in: .proposed, limit: 10_000)
  }

  /// What became of a failure's pull request.
  public func settle(
    _ failure: FailureRecord, as state: FailureState, fixCommit: String?
  ) throws(StorageError) {
    try storing {
      try pool.write { database in
        try database.execute(
          sql: """
            UPDATE failure SET state = ?, fixCommit = coalesce(?, fixCommit)
            WHERE id = ? AND state = 'proposed'
            """, arguments: [state.rawValue, fixCommit, failure.id])
      }
    }
  }
}

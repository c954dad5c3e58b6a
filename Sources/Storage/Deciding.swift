import Foundation
import GRDB

/// What a person decides about a failure; it stays so until a person decides otherwise.
extension Store {
  /// Opens an attempt at the failure; answers `false` where one is open already.
  @discardableResult
  public func ask(for failure: Int64, now: Date = Date()) throws(StorageError) -> Bool {
    let time = now.timeIntervalSince1970
    return try storing {
      try pool.write { database in
        let event = try Int64.fetchOne(
          database,
          sql: "SELECT event FROM exemplar WHERE failure = ? ORDER BY worth DESC, event DESC",
          arguments: [failure])
        try database.execute(
          sql: ArrivalLedger.openingAttempt,
          arguments: [failure, event, Attempt.Reason.asked.rawValue, time, time])
        guard database.changesCount == 1 else { return false }
        try Self.setState(.queued, of: failure, in: database)
        return true
      }
    }
  }

  /// Counts the failure from now on and does nothing else about it; what is being done is ended.
  public func ignore(_ failure: Int64, now: Date = Date()) throws(StorageError) {
    try storing {
      try pool.write { database in
        try Self.endOpenAttempts(of: failure, as: "ignored", now, in: database)
        try database.execute(
          sql: """
            UPDATE failure SET note = state, state = 'ignored' WHERE id = ? AND state <> 'ignored'
            """, arguments: [failure])
      }
    }
  }

  /// Takes an ignored failure for what it was before; one whose case was under way is news again when it next comes.
  public func listen(to failure: Int64) throws(StorageError) {
    try storing {
      try pool.write { database in
        try database.execute(
          sql: """
            UPDATE failure SET note = NULL, state =
              CASE WHEN note IS NULL OR note IN ('queued', 'working') THEN 'seen' ELSE note END
            WHERE id = ? AND state = 'ignored'
            """, arguments: [failure])
      }
    }
  }

  /// Has what is told apart count as one: events of `failure` belong to `other` from now on. Answers `false` where the two cannot be joined,
  /// being one already or of different projects.
  @discardableResult
  public func join(
    _ failure: Int64, into other: Int64, now: Date = Date()
  ) throws(StorageError) -> Bool {
    try storing {
      try pool.write { database in
        let target =
          try Int64.fetchOne(
            database, sql: "SELECT joined FROM failure WHERE id = ?", arguments: [other]) ?? other
        let fits = try Bool.fetchOne(
          database,
          sql: """
            SELECT one.project = two.project AND one.joined IS NULL FROM failure one, failure two
            WHERE one.id = ? AND two.id = ?
            """, arguments: [failure, target])
        guard failure != target, fits == true else { return false }
        try Self.endOpenAttempts(of: failure, as: "joined", now, in: database)
        try Self.add(1, failure, to: target, in: database)
        try database.execute(
          sql: "UPDATE failure SET joined = ?1 WHERE id = ?2 OR joined = ?2",
          arguments: [target, failure])
        return true
      }
    }
  }

  /// Tells a failure apart again; what came while it was joined stays where it was counted.
  public func split(_ failure: Int64) throws(StorageError) {
    try storing {
      try pool.write { database in
        let target = try Int64.fetchOne(
          database, sql: "SELECT joined FROM failure WHERE id = ?", arguments: [failure])
        guard let target else { return }
        try Self.add(-1, failure, to: target, in: database)
        try database.execute(
          sql: """
            UPDATE failure SET joined = NULL,
              state = CASE WHEN state IN ('queued', 'working') THEN 'seen' ELSE state END
            WHERE id = ?
            """, arguments: [failure])
      }
    }
  }

  /// Those that a person joined to this one.
  public func failures(joinedTo failure: Int64) throws(StorageError) -> [FailureRecord] {
    try storing {
      try pool.read { database in
        try Row.fetchAll(
          database, sql: "SELECT * FROM failure WHERE joined = ? ORDER BY id LIMIT 100",
          arguments: [failure]
        ).map(FailureRecord.init)
      }
    }
  }

  /// The one that a person joined this one to.
  public func failure(joinedFrom failure: Int64) throws(StorageError) -> FailureRecord? {
    try storing {
      try pool.read { database in
        try Row.fetchOne(
          database,
          sql: "SELECT * FROM failure WHERE id = (SELECT joined FROM failure WHERE id = ?)",
          arguments: [failure]
        ).map(FailureRecord.init)
      }
    }
  }

  private static func add(
    _ sign: Int, _ failure: Int64, to target: Int64, in database: Database
  ) throws {
    try database.execute(
      sql: """
        UPDATE failure SET
          events = max(0, events + ?1 * (SELECT events FROM failure WHERE id = ?2)),
          firstSeen = min(firstSeen, (SELECT firstSeen FROM failure WHERE id = ?2)),
          lastSeen = max(lastSeen, (SELECT lastSeen FROM failure WHERE id = ?2))
        WHERE id = ?3
        """, arguments: [sign, failure, target])
  }

  /// A worker that has the case finds itself overtaken.
  private static func endOpenAttempts(
    of failure: Int64, as outcome: String, _ now: Date, in database: Database
  ) throws {
    try database.execute(
      sql: """
        UPDATE attempt SET state = 'ended', outcome = ?, endedAt = ?, heldUntil = NULL,
          fence = fence + 1 WHERE failure = ? AND state IN ('waiting', 'held')
        """, arguments: [outcome, now.timeIntervalSince1970, failure])
  }

  private static func setState(
    _ state: FailureState, of failure: Int64, in database: Database
  ) throws {
    try database.execute(
      sql: "UPDATE failure SET state = ?, note = NULL WHERE id = ?",
      arguments: [state.rawValue, failure])
  }
}

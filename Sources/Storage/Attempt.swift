import Foundation
import GRDB

/// One go at a failure's case: it ends exactly once, and a failure may have several, one at a time.
public struct Attempt: Sendable, Equatable {
  public enum Reason: String, Sendable {
    case new, recurred, asked
    /// The base of an open pull request moved.
    case base
    /// What another attempt made is to be shipped elsewhere.
    case ship
  }
  public enum State: String, Sendable {
    case waiting, held
    /// With an outcome.
    case ended
    /// It was tried as often as may be, and never ended by itself.
    case dead
  }

  public var id: Int64
  public var failure: Int64
  public var project: Int64
  public var event: Int64?
  public var reason: Reason
  public var tries: Int
  /// What every effect outside has to be asked for with: the newest holder's number alone is good.
  public var fence: Int64
}

extension Store {
  /// Tries of one attempt: what kills its worker so often will do so again.
  public static let triesLimit = 5

  /// Takes the next attempt that is due, of the project that was served longest ago, for `seconds`.
  public func lease(
    to holder: String, for seconds: Double, now: Date = Date()
  ) throws(StorageError) -> Attempt? {
    let time = now.timeIntervalSince1970
    return try storing {
      try pool.write { database in
        let due = Due(time: time, lease: seconds)
        try Self.buryTheDead(database, due)
        guard let row = try Row.fetchOne(database, sql: Self.nextAttempt, arguments: due.arguments)
        else { return nil }
        let id: Int64 = row["id"]
        let project: Int64 = row["project"]
        try database.execute(
          sql: """
            UPDATE attempt SET state = 'held', holder = ?, heldUntil = ?, fence = fence + 1,
              tries = tries + 1 WHERE id = ?
            """, arguments: [holder, time + seconds, id])
        try database.execute(
          sql: Self.serving, arguments: [project])
        try database.execute(
          sql: """
            UPDATE failure SET state = 'working' WHERE id = ? AND state = 'queued'
            """, arguments: [row["failure"]])
        return try Self.attempt(id, in: database)
      }
    }
  }

  private static let nextAttempt = """
    SELECT attempt.id, attempt.failure, failure.project
    FROM attempt JOIN failure ON failure.id = attempt.failure
      LEFT JOIN served ON served.project = failure.project
    WHERE \(Due.condition)
    ORDER BY attempt.reason <> 'ship', coalesce(served.at, 0), attempt.notBefore, attempt.id LIMIT 1
    """

  /// Turns are counted and not timed: a clock that went back would let one project wait until it has caught up.
  private static let serving = """
    INSERT OR REPLACE INTO served (project, at)
    VALUES (?, 1 + (SELECT coalesce(max(at), 0) FROM served))
    """

  /// An attempt whose last try ended without a word is not tried for ever.
  private static func buryTheDead(_ database: Database, _ due: Due) throws {
    let worn = try Row.fetchAll(
      database,
      sql: "SELECT id, failure FROM attempt WHERE tries >= \(triesLimit) AND (\(Due.worn))",
      arguments: due.arguments)
    for row in worn {
      try database.execute(
        sql: """
          UPDATE attempt SET state = 'dead', endedAt = ?, fence = fence + 1,
            cause = coalesce(cause, 'its worker ended without a word') WHERE id = ?
          """, arguments: [due.time, row["id"]])
      try database.execute(
        sql: "UPDATE failure SET state = 'stopped' WHERE id = ? AND state IN ('queued', 'working')",
        arguments: [row["failure"]])
    }
  }

  static func attempt(_ id: Int64, in database: Database) throws -> Attempt? {
    try Row.fetchOne(
      database,
      sql: """
        SELECT attempt.*, failure.project AS project FROM attempt
        JOIN failure ON failure.id = attempt.failure WHERE attempt.id = ?
        """, arguments: [id]
    ).map { row in
      Attempt(
        id: row["id"], failure: row["failure"], project: row["project"], event: row["event"],
        reason: Attempt.Reason(rawValue: row["reason"]) ?? .asked, tries: row["tries"],
        fence: row["fence"])
    }
  }

  /// Holds on to an attempt; throws ``StorageError/fenced`` where another worker has it.
  public func renew(
    _ attempt: Attempt, for seconds: Double, now: Date = Date()
  ) throws(StorageError) {
    try storing {
      try pool.write { database in
        try Self.check(attempt, in: database)
        try database.execute(
          sql: "UPDATE attempt SET heldUntil = ? WHERE id = ?",
          arguments: [now.timeIntervalSince1970 + seconds, attempt.id])
      }
    }
  }

  /// That this holder is the newest one, and the attempt has not ended.
  static func check(_ attempt: Attempt, in database: Database) throws {
    let holds = try Bool.fetchOne(
      database,
      sql: "SELECT EXISTS (SELECT 1 FROM attempt WHERE id = ? AND fence = ? AND state = 'held')",
      arguments: [attempt.id, attempt.fence])
    guard holds == true else { throw StorageError.fenced }
  }

  /// Gives an attempt back that failed for our or the machine's sake; it is due again after a pause that doubles.
  public func giveBack(
    _ attempt: Attempt, because cause: String, now: Date = Date()
  ) throws(StorageError) {
    let pause = min(Due.longestPause, 5 * pow(2, Double(min(attempt.tries, 16))))
    let time = now.timeIntervalSince1970
    try storing {
      try pool.write { database in
        try Self.check(attempt, in: database)
        try database.execute(
          sql: """
            UPDATE attempt SET state = 'waiting', notBefore = ?, cause = ?, heldUntil = NULL
            WHERE id = ?
            """, arguments: [time + pause, cause, attempt.id])
        try database.execute(
          sql: "UPDATE failure SET state = 'queued' WHERE id = ? AND state = 'working'",
          arguments: [attempt.failure])
      }
    }
  }
}

extension Store {
  /// Puts an attempt back as it was before it was taken.
  public func putBack(_ attempt: Attempt) throws(StorageError) {
    try storing {
      try pool.write { database in
        try Self.check(attempt, in: database)
        try database.execute(
          sql: """
            UPDATE attempt SET state = 'waiting', heldUntil = NULL, tries = tries - 1 WHERE id = ?
            """, arguments: [attempt.id])
        try database.execute(
          sql: "UPDATE failure SET state = 'queued' WHERE id = ? AND state = 'working'",
          arguments: [attempt.failure])
      }
    }
  }

  /// Frees attempts whose holder is gone, so that they are due at once and not only when their lease runs out.
  public func free(whereHolder isGone: (String) -> Bool) throws(StorageError) {
    try storing {
      try pool.write { database in
        let held = try Row.fetchAll(
          database, sql: "SELECT id, holder FROM attempt WHERE state = 'held'")
        for row in held where isGone(row["holder"] ?? "") {
          try database.execute(
            sql: "UPDATE attempt SET heldUntil = 0 WHERE id = ?", arguments: [row["id"]])
        }
      }
    }
  }
}

import Foundation
import GRDB

/// Where everything stands at one moment.
public struct Standing: Sendable {
  /// A case that somebody works on, or that waits for a worker.
  public struct Open: Sendable {
    public var failure: FailureRecord
    public var isHeld: Bool
    public var reason: Attempt.Reason
    public var openedAt: Date
    /// Before this it is not tried again.
    public var notBefore: Date
    public var tries: Int
    public var cause: String?
    /// The last stage that its newest try has passed.
    public var passed: String?
    public var passedAt: Date?
  }

  /// A case that ended.
  public struct Ended: Sendable {
    public var failure: FailureRecord
    public var endedAt: Date
    public var seconds: Double
    public var outcome: String
    public var cause: String?
    public var reason: String?
  }

  public var held: [Open]
  public var waiting: [Open]
  public var waitingCount: Int
  /// A pull request waits to be reviewed, a test for its fix.
  public var forAPerson: [FailureRecord]
  public var forAPersonCount: Int
  /// Cases that ended without an end of their own.
  public var dead: [Ended]
  public var ended: [Ended]

  static let limit = 15
}

extension Store {
  public func standing() throws(StorageError) -> Standing {
    try storing {
      try pool.read { database in
        Standing(
          held: try Self.open("held", in: database),
          waiting: try Self.open("waiting", in: database),
          waitingCount: try Int.fetchOne(
            database, sql: "SELECT count(*) FROM attempt WHERE state = 'waiting'") ?? 0,
          forAPerson: try Row.fetchAll(
            database,
            sql: """
              SELECT * FROM failure WHERE joined IS NULL AND state IN ('proposed', 'fixed', 'tested')
              ORDER BY CASE state WHEN 'proposed' THEN 0 WHEN 'fixed' THEN 1 ELSE 2 END,
                lastSeen DESC LIMIT ?
              """, arguments: [Standing.limit]
          ).map(FailureRecord.init),
          forAPersonCount: try Int.fetchOne(
            database,
            sql: """
              SELECT count(*) FROM failure
              WHERE joined IS NULL AND state IN ('proposed', 'fixed', 'tested')
              """) ?? 0,
          dead: try Self.ended("dead", in: database), ended: try Self.ended("ended", in: database))
      }
    }
  }

  private static func open(_ state: String, in database: Database) throws -> [Standing.Open] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT failure.*, attempt.state AS now, attempt.reason, attempt.openedAt, attempt.notBefore, attempt.tries,
          attempt.cause, step.stage, step.at
        FROM attempt JOIN failure ON failure.id = attempt.failure
          LEFT JOIN step ON step.id = (SELECT max(id) FROM step
            WHERE step.attempt = attempt.id AND step.try = attempt.tries)
        WHERE attempt.state = ? ORDER BY attempt.notBefore, attempt.id LIMIT ?
        """, arguments: [state, Standing.limit]
    ).map { row in
      Standing.Open(
        failure: FailureRecord(row), isHeld: row["now"] == "held",
        reason: Attempt.Reason(rawValue: row["reason"]) ?? .asked,
        openedAt: Date(timeIntervalSince1970: row["openedAt"]),
        notBefore: Date(timeIntervalSince1970: row["notBefore"]), tries: row["tries"],
        cause: row["cause"], passed: row["stage"],
        passedAt: (row["at"] as Double?).map(Date.init(timeIntervalSince1970:)))
    }
  }

  /// Those that ended lately; of the dead, those whose failure nobody has looked at since.
  private static func ended(_ state: String, in database: Database) throws -> [Standing.Ended] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT failure.*, attempt.openedAt, attempt.endedAt, attempt.outcome, attempt.cause,
          CASE WHEN attempt.outcome = 'stopped'
            THEN json_extract(CAST(attempt.report AS TEXT), '$.stop.reason') END AS reason
        FROM attempt JOIN failure ON failure.id = attempt.failure
        WHERE attempt.state = ?1 AND failure.joined IS NULL AND (?1 <> 'dead' OR (failure.state <> 'ignored'
          AND attempt.id = (SELECT max(id) FROM attempt last WHERE last.failure = failure.id)))
        ORDER BY attempt.endedAt DESC LIMIT ?2
        """, arguments: [state, Standing.limit]
    ).map { row in
      let openedAt: Double = row["openedAt"]
      let endedAt: Double = row["endedAt"] ?? openedAt
      return Standing.Ended(
        failure: FailureRecord(row), endedAt: Date(timeIntervalSince1970: endedAt),
        seconds: max(0, endedAt - openedAt), outcome: row["outcome"] ?? state,
        cause: row["cause"], reason: row["reason"])
    }
  }
}

import Foundation
import GRDB

/// What came in on one day.
public struct DayCount: Sendable, Equatable {
  /// Midnight in UTC.
  public var day: Date
  public var count: Int
}

/// How a project fares.
public struct ProjectHealth: Sendable {
  /// Events by outcome, of the last days.
  public var outcomes: [EventOutcome: Int]
  public var lastEvent: Date?
  public var failures: Int
  /// Cases that wait or are worked.
  public var open: Int
  /// Cases that ended without an end of their own.
  public var dead: Int

  /// Days that ``outcomes`` speaks of.
  public static let days = 7
}

extension Store {
  /// Events that were acknowledged, of one project or all, on each of the last days, the oldest first.
  public func eventsByDay(
    ofProject project: Int64? = nil, days: Int = 30, now: Date = Date()
  ) throws(StorageError) -> [DayCount] {
    let today = ArrivalLedger.day(now)
    return try storing {
      try pool.read { database in
        let rows = try Row.fetchAll(
          database,
          sql: """
            SELECT day, sum(count) AS count FROM tally WHERE day > ?1 AND day <= ?2
              AND (?3 IS NULL OR project = ?3) AND outcome IN ('opened', 'recurred', 'kept',
                'counted', 'ignored') GROUP BY day
            """, arguments: [today - days, today, project])
        let counts = Dictionary(
          rows.map { ($0["day"] as Int, $0["count"] as Int) }, uniquingKeysWith: +)
        return ((today - days + 1)...today).map { day in
          DayCount(
            day: Date(timeIntervalSince1970: Double(day) * 86400), count: counts[day] ?? 0)
        }
      }
    }
  }

  public func health(
    ofProject project: Int64, now: Date = Date()
  ) throws(StorageError) -> ProjectHealth {
    try storing {
      try pool.read { database in
        let rows = try Row.fetchAll(
          database,
          sql: """
            SELECT outcome, sum(count) AS count FROM tally WHERE project = ? AND day > ?
            GROUP BY outcome
            """, arguments: [project, ArrivalLedger.day(now) - ProjectHealth.days])
        var outcomes: [EventOutcome: Int] = [:]
        for row in rows {
          if let outcome = EventOutcome(rawValue: row["outcome"]) {
            outcomes[outcome] = row["count"]
          }
        }
        let cases = try Row.fetchOne(
          database,
          sql: """
            SELECT coalesce(sum(attempt.state IN ('waiting', 'held')), 0) AS open,
              coalesce(sum(attempt.state = 'dead'), 0) AS dead
            FROM attempt JOIN failure ON failure.id = attempt.failure WHERE failure.project = ?
            """, arguments: [project])
        let failures = try Row.fetchOne(
          database,
          sql: """
            SELECT count(*) AS count, max(lastSeen) AS last FROM failure
            WHERE project = ? AND joined IS NULL
            """, arguments: [project])
        return ProjectHealth(
          outcomes: outcomes,
          lastEvent: (failures?["last"] as Double?).map(Date.init(timeIntervalSince1970:)),
          failures: failures?["count"] ?? 0, open: cases?["open"] ?? 0, dead: cases?["dead"] ?? 0)
      }
    }
  }
}

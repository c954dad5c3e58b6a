import Foundation
import GRDB

/// What there is to count, for whoever watches a daemon; no figure tells of a captured value.
public struct Figures: Sendable, Equatable {
  public struct Events: Sendable, Equatable {
    public var project: String
    public var outcome: EventOutcome
    public var count: Int
  }

  /// How long the steps of one stage took.
  public struct Steps: Sendable, Equatable {
    public var stage: String
    /// Steps that took no longer than each of ``Figures/bounds``.
    public var within: [Int]
    public var count: Int
    public var seconds: Double
  }

  /// Seconds that steps are counted by.
  public static let bounds = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600]

  public var events: [Events] = []
  public var attempts: [String: Int] = [:]
  public var steps: [Steps] = []
  /// Seconds for which the oldest attempt has been waiting.
  public var queueAge = 0.0
  /// Of the database and its log.
  public var bytes = 0
}

extension Store {
  public func figures(now: Date = Date()) throws(StorageError) -> Figures {
    try storing {
      try pool.read { database in
        var figures = Figures()
        figures.events = try Row.fetchAll(database, sql: Self.countingEvents).compactMap { row in
          EventOutcome(rawValue: row["outcome"]).map {
            Figures.Events(project: row["name"], outcome: $0, count: row["total"])
          }
        }
        for row in try Row.fetchAll(
          database, sql: "SELECT state, count(*) AS total FROM attempt GROUP BY state")
        {
          figures.attempts[row["state"]] = row["total"]
        }
        figures.steps = try Row.fetchAll(database, sql: Self.countingSteps).map { row in
          Figures.Steps(
            stage: row["stage"], within: Figures.bounds.indices.map { row["within\($0)"] },
            count: row["total"], seconds: row["seconds"])
        }
        let oldest = try Double.fetchOne(
          database, sql: "SELECT min(openedAt) FROM attempt WHERE state = 'waiting'")
        figures.queueAge = oldest.map { max(0, now.timeIntervalSince1970 - $0) } ?? 0
        figures.bytes = ["", "-wal"].reduce(0) { $0 + Self.size(of: self.path + $1) }
        return figures
      }
    }
  }

  private static let countingEvents = """
    SELECT project.name, tally.outcome, sum(tally.count) AS total FROM tally
    JOIN project ON project.id = tally.project
    GROUP BY project.id, tally.outcome ORDER BY project.id, tally.outcome
    """

  private static let countingSteps = {
    let within = Figures.bounds.enumerated().map { "sum(seconds <= \($1)) AS within\($0)" }
    return """
      SELECT stage, \(within.joined(separator: ", ")), count(*) AS total, sum(seconds) AS seconds
      FROM step GROUP BY stage ORDER BY stage
      """
  }()

  private static func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}

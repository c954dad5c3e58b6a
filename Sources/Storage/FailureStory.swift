import Foundation
import GRDB

/// What became of one failure, with times.
public struct FailureStory: Sendable {
  /// One go at its case, with its steps.
  public struct Chapter: Sendable, Equatable {
    public var attempt: AttemptRecord
    public var steps: [Step]

    public init(attempt: AttemptRecord, steps: [Step]) {
      self.attempt = attempt
      self.steps = steps
    }
  }

  /// Something that was done outside: a branch, a pull request.
  public struct Deed: Sendable {
    public var key: String
    public var result: String?
    public var isDone: Bool
    public var at: Date
  }

  public var failure: FailureRecord
  public var project: Project
  /// The newest last.
  public var chapters: [Chapter]
  public var deeds: [Deed]
  /// The newest first.
  public var events: [EventRecord]
  /// The releases that it was seen in, with whether they hold its fix where that is known.
  public var releases: [(name: String, holdsFix: Bool?)]
  /// Of the newest attempt that ended with one: what `fix --json` prints.
  public var report: [UInt8]?
  /// The data of its richest event, as it is stored.
  public var exemplar: [UInt8]?

  /// Goes, events and releases that are shown of a failure.
  static let limit = 20
}

extension Store {
  /// The story of the failure with this identity; `nil` where there is none.
  public func story(
    of identity: String, inProject project: String? = nil
  ) throws(StorageError) -> FailureStory? {
    guard identity.utf8.count == 12, identity.allSatisfy(\.isHexDigit) else { return nil }
    return try storing {
      try pool.read { database in
        let found = try Row.fetchOne(
          database,
          sql: """
            SELECT failure.* FROM failure JOIN project ON project.id = failure.project
            WHERE identity = ?1 AND (?2 IS NULL OR project.name = ?2) ORDER BY failure.id LIMIT 1
            """, arguments: [identity.lowercased(), project])
        guard let failure = found.map(FailureRecord.init),
          let project = try Row.fetchOne(
            database, sql: "SELECT * FROM project WHERE id = ?", arguments: [failure.project]
          ).map(Project.init)
        else { return nil }
        return FailureStory(
          failure: failure, project: project,
          chapters: try Self.chapters(of: failure.id, in: database),
          deeds: try Self.deeds(of: failure.id, in: database),
          events: try Self.lastEvents(of: failure, in: database),
          releases: try Self.releases(of: failure.id, in: database),
          report: try Data.fetchOne(
            database,
            sql: """
              SELECT report FROM attempt WHERE failure = ? AND report IS NOT NULL
                AND reason <> 'ship' ORDER BY id DESC LIMIT 1
              """, arguments: [failure.id]
          ).map(Array.init),
          exemplar: try Data.fetchOne(
            database, sql: Self.richest, arguments: [failure.id, nil]
          ).map(Array.init))
      }
    }
  }

  private static func chapters(
    of failure: Int64, in database: Database
  ) throws -> [FailureStory.Chapter] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT id, failure, reason, state, tries, openedAt, notBefore, endedAt, outcome, cause,
          NULL AS report FROM attempt WHERE failure = ? ORDER BY id DESC LIMIT ?
        """, arguments: [failure, FailureStory.limit])
    return try rows.reversed().map { row in
      FailureStory.Chapter(
        attempt: AttemptRecord(row),
        steps: try Row.fetchAll(
          database, sql: "SELECT * FROM step WHERE attempt = ? ORDER BY id LIMIT 200",
          arguments: [row["id"]]
        ).map(Step.init))
    }
  }

  private static func deeds(
    of failure: Int64, in database: Database
  ) throws -> [FailureStory.Deed] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT effect.* FROM effect JOIN attempt ON attempt.id = effect.attempt
        WHERE attempt.failure = ? ORDER BY effect.at LIMIT 100
        """, arguments: [failure]
    ).map { row in
      FailureStory.Deed(
        key: row["key"], result: row["result"], isDone: row["isDone"],
        at: Date(timeIntervalSince1970: row["at"]))
    }
  }

  private static func lastEvents(
    of failure: FailureRecord, in database: Database
  ) throws -> [EventRecord] {
    try Row.fetchAll(
      database,
      sql: "SELECT * FROM event WHERE failure = ? ORDER BY receivedAt DESC, id DESC LIMIT ?",
      arguments: [failure.id, FailureStory.limit]
    ).map { row in
      EventRecord(
        id: row["id"], project: row["project"], identity: row["identity"],
        receivedAt: Date(timeIntervalSince1970: row["receivedAt"]),
        outcome: EventOutcome(rawValue: row["outcome"]) ?? .nothing, failure: failure.identity)
    }
  }

  private static func releases(
    of failure: Int64, in database: Database
  ) throws -> [(name: String, holdsFix: Bool?)] {
    try Row.fetchAll(
      database,
      sql: "SELECT release, holdsFix FROM sighting WHERE failure = ? ORDER BY event DESC LIMIT ?",
      arguments: [failure, FailureStory.limit]
    ).map { ($0["release"], $0["holdsFix"]) }
  }
}

extension Step {
  init(_ row: Row) {
    self.init(
      stage: row["stage"], finding: row["finding"], product: row["product"],
      at: Date(timeIntervalSince1970: row["at"]), seconds: row["seconds"], tryNumber: row["try"])
  }
}

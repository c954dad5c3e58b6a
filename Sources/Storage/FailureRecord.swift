import Foundation
import GRDB

/// A failure: all events with one signature.
public struct FailureRecord: Sendable, Equatable {
  public var id: Int64
  public var project: Int64
  /// Twelve hexadecimal digits, the same in every clone.
  public var identity: String
  public var exception: String
  public var signature: String
  public var state: FailureState
  public var events: Int
  public var firstSeen: Date
  public var lastSeen: Date
  public var branch: String?
  public var pullRequest: String?
  public var fixCommit: String?

  init(_ row: Row) {
    id = row["id"]
    project = row["project"]
    identity = row["identity"]
    exception = row["exception"]
    signature = row["signature"]
    state = FailureState(rawValue: row["state"]) ?? .seen
    events = row["events"]
    firstSeen = Date(timeIntervalSince1970: row["firstSeen"])
    lastSeen = Date(timeIntervalSince1970: row["lastSeen"])
    branch = row["branch"]
    pullRequest = row["pullRequest"]
    fixCommit = row["fixCommit"]
  }
}

/// An event as it was acknowledged.
public struct EventRecord: Sendable, Equatable {
  public var id: Int64
  public var project: Int64
  public var identity: String
  public var receivedAt: Date
  public var outcome: EventOutcome
  /// Of its failure; `nil` where it belongs to none.
  public var failure: String?
}

extension Store {
  /// Failures, the one seen last first; those that were joined to another are not among them.
  public func failures(
    ofProject project: Int64? = nil, in state: FailureState? = nil, saying text: String? = nil,
    limit: Int = 1000, from offset: Int = 0
  ) throws(StorageError) -> [FailureRecord] {
    try storing {
      try pool.read { database in
        try Row.fetchAll(
          database,
          sql: """
            SELECT * FROM failure WHERE joined IS NULL AND (?1 IS NULL OR project = ?1)
              AND (?2 IS NULL OR state = ?2) AND (?3 IS NULL OR instr(lower(signature), lower(?3)) > 0)
            ORDER BY lastSeen DESC, id DESC LIMIT ?4 OFFSET ?5
            """,
          arguments: [project, state?.rawValue, text, limit, offset]
        ).map(FailureRecord.init)
      }
    }
  }

  /// The failure that an identity, or the beginning of one, names; `nil` where it names none or several.
  public func failure(named identity: String) throws(StorageError) -> FailureRecord? {
    guard !identity.isEmpty, identity.allSatisfy(\.isHexDigit) else { return nil }
    return try storing {
      try pool.read { database in
        let rows = try Row.fetchAll(
          database,
          sql: "SELECT * FROM failure WHERE substr(identity, 1, length(?1)) = ?1 LIMIT 2",
          arguments: [identity.lowercased()])
        return rows.count == 1 ? rows.first.map(FailureRecord.init) : nil
      }
    }
  }

  public func failure(_ id: Int64) throws(StorageError) -> FailureRecord? {
    try storing {
      try pool.read { database in
        try Row.fetchOne(database, sql: "SELECT * FROM failure WHERE id = ?", arguments: [id])
          .map(FailureRecord.init)
      }
    }
  }

  /// Calls `each` for every acknowledged event, oldest first, without holding them all.
  public func eachEvent(
    ofProject project: Int64? = nil, _ each: (EventRecord) throws -> Void
  ) throws(StorageError) {
    try storing {
      try pool.read { database in
        let rows = try Row.fetchCursor(
          database,
          sql: Self.eventRecords + "WHERE ?1 IS NULL OR event.project = ?1 ORDER BY event.id",
          arguments: [project])
        while let row = try rows.next() { try each(EventRecord(row)) }
      }
    }
  }

  /// The data of the event that an attempt was opened for, or of the richest of its failure.
  public func exemplar(for attempt: Attempt) throws(StorageError) -> [UInt8]? {
    try exemplar(ofFailure: attempt.failure, event: attempt.event)
  }

  /// The data of a failure's richest event; of equals, that of `event` or the newest.
  public func exemplar(
    ofFailure failure: Int64, event: Int64? = nil
  ) throws(StorageError) -> [UInt8]? {
    try storing {
      try pool.read { database in
        try Data.fetchOne(
          database, sql: Self.richest, arguments: [failure, event]
        ).map(Array.init)
      }
    }
  }

  static let richest = """
    SELECT body FROM exemplar WHERE failure = ?
    ORDER BY worth DESC, (event = ?) DESC, event DESC LIMIT 1
    """
}

import Foundation
import GRDB

/// What an identifier, or the beginning of one, names.
public enum Named: Sendable, Equatable {
  case failure(FailureRecord)
  case event(EventRecord)
  case nothing
  /// It begins several identifiers.
  case several
}

extension Store {
  /// What a person calls by the beginning of its identifier: a failure, or an event.
  public func named(
    _ beginning: String, inProject project: Int64? = nil
  ) throws(StorageError) -> Named {
    let digits = beginning.lowercased().filter { $0 != "-" }
    guard !digits.isEmpty, digits.utf8.allSatisfy(\.isHexadecimalDigit) else { return .nothing }
    return try storing {
      try pool.read { database in
        let failures = try Row.fetchAll(
          database,
          sql: """
            SELECT * FROM failure WHERE identity >= ?1 AND identity < ?2
              AND (?3 IS NULL OR project = ?3) LIMIT 2
            """, arguments: [digits, digits + "g", project]
        ).map(FailureRecord.init)
        // The whole name of a failure is meant for it, whatever event begins with the same digits.
        if let failure = failures.first, failures.count == 1, failure.identity == digits {
          return .failure(failure)
        }
        let events = try Row.fetchAll(
          database,
          sql: Self.eventRecords + """
            WHERE event.identity >= ?1 AND event.identity < ?2
              AND (?3 IS NULL OR event.project = ?3) LIMIT 2
            """, arguments: [digits, digits + "g", project]
        ).map(EventRecord.init)
        switch (failures.count, events.count) {
        case (0, 0): return .nothing
        case (1, 0): return .failure(failures[0])
        case (0, 1): return .event(events[0])
        default: return .several
        }
      }
    }
  }

  /// The newest events of a failure that are kept.
  public func events(
    ofFailure failure: Int64, limit: Int = 100
  ) throws(StorageError) -> [EventRecord] {
    try storing {
      try pool.read { database in
        try Row.fetchAll(
          database,
          sql: Self.eventRecords + "WHERE event.failure = ? ORDER BY event.receivedAt DESC LIMIT ?",
          arguments: [failure, limit]
        ).map(EventRecord.init)
      }
    }
  }

  /// Whether the data of an event is still there.
  public func holdsData(ofEvent event: Int64) throws(StorageError) -> Bool {
    try storing {
      try pool.read { database in
        try Bool.fetchOne(
          database, sql: "SELECT EXISTS (SELECT 1 FROM exemplar WHERE event = ?)",
          arguments: [event]) ?? false
      }
    }
  }

  /// The data of an event; `nil` where it is not kept.
  public func data(ofEvent event: Int64) throws(StorageError) -> [UInt8]? {
    try storing {
      try pool.read { database in
        try Data.fetchOne(
          database, sql: "SELECT body FROM exemplar WHERE event = ?", arguments: [event]
        ).map(Array.init)
      }
    }
  }

  static let eventRecords = """
    SELECT event.id, event.project, event.identity, event.receivedAt, event.outcome,
      failure.identity AS failure FROM event LEFT JOIN failure ON failure.id = event.failure

    """
}

extension EventRecord {
  init(_ row: Row) {
    self.init(
      id: row["id"], project: row["project"], identity: row["identity"],
      receivedAt: Date(timeIntervalSince1970: row["receivedAt"]),
      outcome: EventOutcome(rawValue: row["outcome"]) ?? .nothing, failure: row["failure"])
  }
}

extension UInt8 {
  fileprivate var isHexadecimalDigit: Bool {
    (48...57).contains(self) || (97...102).contains(self)
  }
}

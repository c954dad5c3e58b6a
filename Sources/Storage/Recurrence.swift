import Foundation
import GRDB

/// A release in which a failure that was mended was seen: whether it holds the fix is for git to say.
public struct Sighting: Sendable, Equatable {
  public var failure: FailureRecord
  public var release: String
  public var event: Int64
}

extension Store {
  /// Sightings of mended failures of which nobody knows yet whether the release holds the fix.
  public func openSightings(limit: Int = 100) throws(StorageError) -> [Sighting] {
    try storing {
      try pool.read { database in
        try Row.fetchAll(
          database,
          sql: """
            SELECT failure.*, sighting.release AS seenIn, sighting.event AS seenAs
            FROM sighting JOIN failure ON failure.id = sighting.failure
            WHERE sighting.holdsFix IS NULL AND failure.fixCommit IS NOT NULL
              AND failure.state IN ('merged', 'released') LIMIT ?
            """, arguments: [limit]
        ).map { Sighting(failure: FailureRecord($0), release: $0["seenIn"], event: $0["seenAs"]) }
      }
    }
  }

  /// Writes down whether a release holds a failure's fix; where it does, the failure came back, and its case is opened again.
  public func answer(
    _ sighting: Sighting, holdsFix: Bool, now: Date = Date()
  ) throws(StorageError) {
    let time = now.timeIntervalSince1970
    try storing {
      try pool.write { database in
        try database.execute(
          sql: "UPDATE sighting SET holdsFix = ? WHERE failure = ? AND release = ?",
          arguments: [holdsFix, sighting.failure.id, sighting.release])
        guard holdsFix else { return }
        try database.execute(
          sql: ArrivalLedger.openingAttempt,
          arguments: [
            sighting.failure.id, sighting.event, Attempt.Reason.recurred.rawValue, time, time,
          ])
        try database.execute(
          sql: """
            UPDATE failure SET state = 'queued' WHERE id = ? AND state IN ('merged', 'released')
            """, arguments: [sighting.failure.id])
      }
    }
  }
}

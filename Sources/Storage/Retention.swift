import Foundation
import GRDB

extension Store {
  /// Removes up to `limit` events, with their data, that are older than their project keeps them; answers how many there were.
  ///
  /// Failures, their attempts and the tallies stay. Small steps let senders in between.
  public func expire(limit: Int = 500, now: Date = Date()) throws(StorageError) -> Int {
    let projects = try projects()
    return try storing {
      var left = limit
      for project in projects where left > 0 {
        let days = Double(max(1, project.settings.retention))
        let before = now.timeIntervalSince1970 - days * 86400
        left -= try pool.write { database in
          try Self.expire(database, project.id, before: before, limit: left)
        }
      }
      return limit - left
    }
  }

  private static func expire(
    _ database: Database, _ project: Int64, before: Double, limit: Int
  ) throws -> Int {
    let events = try Int64.fetchAll(
      database,
      sql: "SELECT id FROM event WHERE receivedAt < ? AND project = ? ORDER BY receivedAt LIMIT ?",
      arguments: [before, project, limit])
    for event in events {
      try database.execute(sql: "DELETE FROM exemplar WHERE event = ?", arguments: [event])
      try database.execute(sql: "DELETE FROM event WHERE id = ?", arguments: [event])
    }
    return events.count
  }
}

extension Store {
  /// Gives pages without content back to the disk, some at a time, and the log's room.
  public func shrink() throws(StorageError) {
    try storing {
      try pool.writeWithoutTransaction { database in
        _ = try Row.fetchAll(database, sql: "PRAGMA incremental_vacuum(4096)")
        // Readers may keep some of it; the next time comes.
        _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
    }
  }
}

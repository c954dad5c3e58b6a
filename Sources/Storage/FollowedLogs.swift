import Foundation
import GRDB

/// How far the logs of a project were read, by their paths.
extension Store {
  /// What ``remember(_:of:project:now:)`` was given last; `nil` for a log that nobody has followed.
  public func position(of path: String, project: Int64) throws(StorageError) -> [UInt8]? {
    try storing {
      try pool.read { database in
        try Data.fetchOne(
          database, sql: "SELECT position FROM followed WHERE project = ? AND path = ?",
          arguments: [project, path]
        ).map(Array.init)
      }
    }
  }

  public func remember(
    _ position: [UInt8], of path: String, project: Int64, now: Date = Date()
  ) throws(StorageError) {
    try storing {
      try pool.write { database in
        try database.execute(
          sql: "INSERT OR REPLACE INTO followed (project, path, position, at) VALUES (?, ?, ?, ?)",
          arguments: [project, path, Data(position), now.timeIntervalSince1970])
      }
    }
  }
}

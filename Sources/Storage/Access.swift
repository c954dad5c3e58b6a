import Foundation
import GRDB

/// Who may see the pages: links that open a session once, and sessions. Digests are all that is kept of either.
extension Store {
  /// Seconds for which a link that nobody used is good.
  public static let linkSeconds = 7.0 * 86400
  /// Seconds after which a session that nobody used is over.
  public static let sessionSeconds = 30.0 * 86400
  /// Seconds between two notes that a session is used.
  private static let noteSeconds = 3600.0

  /// Whether somebody can come in: with a link that is still good, or a session.
  public func isOpenToSomebody(now: Date = Date()) throws(StorageError) -> Bool {
    let time = now.timeIntervalSince1970
    return try storing {
      try pool.read { database in
        try Bool.fetchOne(
          database,
          sql: """
            SELECT EXISTS (SELECT 1 FROM secret WHERE name LIKE 'link %' AND at > ?)
              OR EXISTS (SELECT 1 FROM session WHERE usedAt > ?)
            """, arguments: [time - Self.linkSeconds, time - Self.sessionSeconds]) ?? false
      }
    }
  }

  /// Remembers a link by the digest of its token.
  public func addLink(digest: [UInt8], now: Date = Date()) throws(StorageError) {
    try storing {
      try pool.write { database in
        try database.execute(
          sql: "INSERT INTO secret (name, digest, at) VALUES (?, ?, ?)",
          arguments: ["link " + Self.newKey(), Data(digest), now.timeIntervalSince1970])
      }
    }
  }

  /// Takes the link that `isMeant` recognises by its digest, once, and opens a session in its place.
  public func exchangeLink(
    forSession session: [UInt8], now: Date = Date(), where isMeant: ([UInt8]) -> Bool
  ) throws(StorageError) -> Bool {
    let time = now.timeIntervalSince1970
    return try storing {
      try pool.write { database in
        try database.execute(
          sql: "DELETE FROM secret WHERE name LIKE 'link %' AND at <= ?",
          arguments: [time - Self.linkSeconds])
        try database.execute(
          sql: "DELETE FROM session WHERE usedAt <= ?", arguments: [time - Self.sessionSeconds])
        let links = try Row.fetchAll(
          database, sql: "SELECT name, digest FROM secret WHERE name LIKE 'link %'")
        // All are compared, so that the time it takes says nothing.
        let meant = links.filter { isMeant(Array($0["digest"] as Data)) }
        guard let link = meant.first else { return false }
        try database.execute(sql: "DELETE FROM secret WHERE name = ?", arguments: [link["name"]])
        try database.execute(
          sql: "INSERT INTO session (digest, openedAt, usedAt) VALUES (?, ?, ?)",
          arguments: [Data(session), time, time])
        return true
      }
    }
  }

  /// Whether a session with this digest is open; that it is used is noted now and then.
  public func isSession(digest: [UInt8], now: Date = Date()) throws(StorageError) -> Bool {
    let time = now.timeIntervalSince1970
    return try storing {
      let used = try pool.read { database in
        try Double.fetchOne(
          database, sql: "SELECT usedAt FROM session WHERE digest = ?", arguments: [Data(digest)])
      }
      guard let used, time - used < Self.sessionSeconds else { return false }
      if time - used > Self.noteSeconds {
        // A disk that takes nothing more must not lock out who wants to look why.
        try? pool.write { database in
          try database.execute(
            sql: "UPDATE session SET usedAt = ? WHERE digest = ?", arguments: [time, Data(digest)])
        }
      }
      return true
    }
  }

  /// Ends a session.
  public func endSession(digest: [UInt8]) throws(StorageError) {
    try storing {
      try pool.write { database in
        try database.execute(
          sql: "DELETE FROM session WHERE digest = ?", arguments: [Data(digest)])
      }
    }
  }
}

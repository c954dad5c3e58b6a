import Foundation
import GRDB

/// What is done outside, once: a branch that is pushed, a pull request that is opened.
public enum EffectState: Sendable, Equatable {
  /// Nobody began it: it may be done.
  case new
  /// Somebody began it and nobody knows how that ended: look before doing it again.
  case begun
  case done(String)
}

extension Store {
  /// Says that an effect is about to be done, under a key that names what it does; only the newest holder of an attempt may.
  public func begin(_ key: String, of attempt: Attempt) throws(StorageError) -> EffectState {
    try storing {
      try pool.write { database in
        try Self.check(attempt, in: database)
        let row = try Row.fetchOne(
          database, sql: "SELECT isDone, result FROM effect WHERE key = ?", arguments: [key])
        try database.execute(
          sql: """
            INSERT INTO effect (key, attempt, fence, isDone, at) VALUES (?, ?, ?, 0, ?)
            ON CONFLICT DO UPDATE SET attempt = excluded.attempt, fence = excluded.fence
            """,
          arguments: [key, attempt.id, attempt.fence, Date().timeIntervalSince1970])
        guard let row else { return .new }
        return row["isDone"] ? .done(row["result"] ?? "") : .begun
      }
    }
  }

  /// Says that it was done, and with what result.
  public func finish(
    _ key: String, of attempt: Attempt, with result: String
  ) throws(StorageError) {
    try storing {
      try pool.write { database in
        try database.execute(
          sql: "UPDATE effect SET isDone = 1, result = ?, at = ? WHERE key = ?",
          arguments: [result, Date().timeIntervalSince1970, key])
      }
    }
  }
}

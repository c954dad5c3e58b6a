import Foundation
import GRDB

/// What an erasure took away, by counts: what it was is gone.
public struct Erasure: Sendable, Equatable {
  /// Events whose data was removed; that they came, and when, is kept.
  public var events = 0
  public var reports = 0
  /// Steps, causes, notes and results whose words were removed.
  public var words = 0
  /// Failures whose own name held it.
  public var names = 0
  /// Copies that were made before an upgrade.
  public var copies = 0
  /// Attempts that were ended, since what they work on is gone.
  public var attempts = 0
  /// Branches that may hold it: git's, and not ours to remove.
  public var branches: [String] = []

  public init() {}
}

extension Store {
  /// What stands where something was erased.
  static let erased = "erased"

  /// Removes all data of a failure's events, and what was made of it. That it was there, and how often, is kept.
  public func erase(failure: Int64, at moment: Date = Date()) throws(StorageError) -> Erasure {
    try storing {
      var erasure = try pool.write { database in
        var erasure = Erasure()
        let failures = try Int64.fetchAll(
          database, sql: "SELECT id FROM failure WHERE id = ?1 OR joined = ?1",
          arguments: [failure])
        for failure in failures {
          erasure.events += try database.changing(
            "DELETE FROM exemplar WHERE failure = ?", [failure])
          try erasure.end(database, attemptsOf: failure, moment)
          erasure.reports += try database.changing(
            "UPDATE attempt SET report = NULL WHERE failure = ? AND report IS NOT NULL", [failure])
          erasure.words += try database.changing(
            "UPDATE attempt SET cause = ? WHERE failure = ? AND cause IS NOT NULL AND cause <> ?",
            [Self.erased, failure, Self.erased])
          try erasure.name(database, branchOf: failure)
        }
        return erasure
      }
      try sweep(&erasure)
      return erasure
    }
  }

  /// Makes the removed bytes go: from the file, from its log, and from copies of ours.
  func sweep(_ erasure: inout Erasure) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix("before-") && name.hasSuffix(".sqlite") {
      try FileManager.default.removeItem(atPath: folder + "/" + name)
      erasure.copies += 1
    }
    try pool.vacuum()
    for _ in 0..<50 {
      let answer = try pool.writeWithoutTransaction {
        try Row.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
      if answer?[0] == 0 { return }
      // A reader is at it; what it reads is short.
      usleep(100_000)
    }
    throw StorageError.busy(folder: folder)
  }
}

extension Erasure {
  /// An attempt whose data is gone ends; what its worker still says no longer counts.
  mutating func end(_ database: Database, attemptsOf failure: Int64, _ moment: Date) throws {
    let ended = try database.changing(
      """
      UPDATE attempt SET state = 'dead', endedAt = ?, fence = fence + 1, heldUntil = NULL, cause = ?
      WHERE failure = ? AND state IN ('waiting', 'held')
      """, [moment.timeIntervalSince1970, Store.erased, failure])
    guard ended > 0 else { return }
    attempts += ended
    try database.execute(
      sql: "UPDATE failure SET state = 'stopped' WHERE id = ?", arguments: [failure])
  }

  mutating func name(_ database: Database, branchOf failure: Int64) throws {
    let branch = try String.fetchOne(
      database, sql: "SELECT branch FROM failure WHERE id = ?", arguments: [failure])
    if let branch, !branches.contains(branch) { branches.append(branch) }
  }
}

extension Database {
  /// How many rows a statement changed.
  func changing(_ sql: String, _ arguments: StatementArguments) throws -> Int {
    try execute(sql: sql, arguments: arguments)
    return changesCount
  }
}

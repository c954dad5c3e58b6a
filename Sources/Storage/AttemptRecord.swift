import Foundation
import GRDB

/// An attempt as it is read back: how it came about, and what it ended with.
public struct AttemptRecord: Sendable, Equatable {
  public var id: Int64
  public var failure: Int64
  public var reason: Attempt.Reason
  public var state: Attempt.State
  public var tries: Int
  public var openedAt: Date
  /// When it may be taken; of one that waits.
  public var notBefore: Date
  public var endedAt: Date?
  /// `fixed`, `tested`, `stopped`, …; `nil` before its end, and of one that is dead.
  public var outcome: String?
  /// Why its last try did not come to an end.
  public var cause: String?
  /// What `fix --json` prints.
  public var report: [UInt8]?

  init(_ row: Row) {
    id = row["id"]
    failure = row["failure"]
    reason = Attempt.Reason(rawValue: row["reason"]) ?? .asked
    state = Attempt.State(rawValue: row["state"]) ?? .ended
    tries = row["tries"]
    openedAt = Date(timeIntervalSince1970: row["openedAt"])
    notBefore = Date(timeIntervalSince1970: row["notBefore"])
    endedAt = (row["endedAt"] as Double?).map(Date.init(timeIntervalSince1970:))
    outcome = row["outcome"]
    cause = row["cause"]
    report = (row["report"] as Data?).map(Array.init)
  }
}

extension Store {
  /// The attempts of a failure, in their order.
  public func attempts(ofFailure failure: Int64) throws(StorageError) -> [AttemptRecord] {
    try storing {
      try pool.read { database in
        try Row.fetchAll(
          database, sql: "SELECT * FROM attempt WHERE failure = ? ORDER BY id",
          arguments: [failure]
        ).map(AttemptRecord.init)
      }
    }
  }
}

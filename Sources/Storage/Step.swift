import Foundation
import GRDB

/// One step of an attempt, as it was taken: appended, never changed.
public struct Step: Sendable, Equatable, Codable {
  /// Grows with each change of what ``product`` means.
  public static let currentScheme = 1

  public var stage: String
  /// What was found, in words, without captured values.
  public var finding: String
  /// The hash of what the step made: a second try that makes another thing shows itself.
  public var product: String?
  public var at: Date
  public var seconds: Double
  public var tryNumber: Int

  public init(
    stage: String, finding: String, product: String? = nil, at: Date = Date(), seconds: Double,
    tryNumber: Int = 0
  ) {
    self.stage = stage
    self.finding = finding
    self.product = product
    self.at = at
    self.seconds = seconds
    self.tryNumber = tryNumber
  }
}

extension Store {
  /// Appends a step, and holds on to the attempt for `seconds` more.
  public func append(
    _ step: Step, to attempt: Attempt, holding seconds: Double
  ) throws(StorageError) {
    try storing {
      try pool.write { database in
        try Self.check(attempt, in: database)
        try database.execute(
          sql: """
            INSERT INTO step (attempt, try, fence, stage, finding, scheme, product, at, seconds)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            attempt.id, attempt.tries, attempt.fence, step.stage, step.finding, Step.currentScheme,
            step.product, step.at.timeIntervalSince1970, step.seconds,
          ])
        try database.execute(
          sql: "UPDATE attempt SET heldUntil = ? WHERE id = ?",
          arguments: [Date().timeIntervalSince1970 + seconds, attempt.id])
      }
    }
  }

  public func steps(ofAttempt attempt: Int64) throws(StorageError) -> [Step] {
    try storing {
      try pool.read { database in
        try Row.fetchAll(
          database, sql: "SELECT * FROM step WHERE attempt = ? ORDER BY id", arguments: [attempt]
        ).map(Step.init)
      }
    }
  }
}

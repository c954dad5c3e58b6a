import Foundation
import GRDB

extension Store {
  /// Removes everything that `holds` finds something in, wherever it stands.
  ///
  /// A row is looked at and removed within one transaction, so that nothing that came in between is missed.
  public func erase(
    where holds: @escaping @Sendable ([UInt8]) -> Bool, at moment: Date = Date()
  ) throws(StorageError) -> Erasure {
    try storing {
      var erasure = try pool.write { database in
        var search = ValueErasure(database: database, moment: moment, holds: holds)
        try search.eraseEvents()
        try search.eraseReports()
        try search.eraseWords()
        try search.eraseNames()
        return search.erasure
      }
      try sweep(&erasure)
      return erasure
    }
  }
}

/// A search through all texts of a database, which removes what it finds.
private struct ValueErasure {
  let database: Database
  let moment: Date
  let holds: @Sendable ([UInt8]) -> Bool
  var erasure = Erasure()

  /// The texts that are no more than words: table, its key, column, and what stands there afterwards.
  private static let words: [(table: String, key: String, column: String, after: String)] = [
    ("step", "id", "finding", "'erased'"), ("attempt", "id", "cause", "'erased'"),
    ("failure", "id", "note", "NULL"), ("effect", "key", "result", "'erased'"),
    ("event", "id", "release", "NULL"), ("sighting", "release", "release", ""),
  ]

  mutating func eraseEvents() throws {
    for event in try found("SELECT event AS key, body AS text FROM exemplar") {
      let failure = try Int64.fetchOne(
        database, sql: "SELECT failure FROM exemplar WHERE event = ?", arguments: [event])
      erasure.events += try database.changing("DELETE FROM exemplar WHERE event = ?", [event])
      guard let failure else { continue }
      // Whoever works on it has it in memory, and would write it down.
      try erasure.end(database, attemptsOf: failure, moment)
      try erasure.name(database, branchOf: failure)
    }
  }

  mutating func eraseReports() throws {
    for attempt in try found("SELECT id AS key, report AS text FROM attempt") {
      erasure.reports += try database.changing(
        "UPDATE attempt SET report = NULL WHERE id = ?", [attempt])
      let failure = try Int64.fetchOne(
        database, sql: "SELECT failure FROM attempt WHERE id = ?", arguments: [attempt])
      if let failure { try erasure.name(database, branchOf: failure) }
    }
  }

  mutating func eraseWords() throws {
    for (table, key, column, after) in Self.words {
      for row in try found("SELECT \(key) AS key, \(column) AS text FROM \(table)") {
        erasure.words += try database.changing(
          after.isEmpty
            ? "DELETE FROM \(table) WHERE \(key) = ?"
            : "UPDATE \(table) SET \(column) = \(after) WHERE \(key) = ?", [row])
      }
    }
  }

  /// A signature is looked for by its identity, which tells nothing; its words are only shown.
  mutating func eraseNames() throws {
    let texts = "exception || char(10) || signature || char(10) || coalesce(branch, '')"
    for failure in try found("SELECT id AS key, \(texts) AS text FROM failure") {
      erasure.names += try database.changing(
        "UPDATE failure SET exception = 'erased', signature = 'erased' WHERE id = ?", [failure])
      if let failure = Int64.fromDatabaseValue(failure) {
        try erasure.name(database, branchOf: failure)
      }
    }
  }

  /// The keys of the rows whose text holds it; one row's text is in memory at a time.
  private func found(_ sql: String) throws -> [DatabaseValue] {
    var keys: [DatabaseValue] = []
    let rows = try Row.fetchCursor(database, sql: sql)
    while let row = try rows.next() {
      let text: Data? = row["text"]
      if let text, holds(Array(text)) { keys.append(row["key"]) }
    }
    return keys
  }
}

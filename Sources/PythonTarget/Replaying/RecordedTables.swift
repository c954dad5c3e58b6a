import Failures

/// The tables that recorded statements read, as far as the statements alone tell: plain reads of one table each.
///
/// A row holds the columns that were read and those that it was found by. `nil` where a statement joins, counts or computes: then
/// no rows are known that would give the same answer.
struct RecordedTables {
  struct Table {
    var name: String
    var columns: [String]
    var rows: [[CapturedValue]]

    var definition: String { "CREATE TABLE \(name) (\(columns.joined(separator: ", ")))" }
    var insertion: String {
      "INSERT INTO \(name) VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))"
    }
  }

  private(set) var tables: [Table] = []

  /// Statements that read no row. Tables are made as the rows need them.
  private static let silent: Set<String> = [
    "PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "CREATE", "ANALYZE", "VACUUM",
  ]

  init?(_ queries: [RecordedQuery]) {
    var found: [String: (columns: [String], rows: [[String: CapturedValue]])] = [:]
    var order: [String] = []
    for query in queries {
      let words = query.statement.split(whereSeparator: \.isWhitespace).map(String.init)
      let verb = words.first?.uppercased() ?? ""
      if ["PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"].contains(verb) {
        continue
      }
      guard let read = PlainSelection(query) else { return nil }
      if found[read.table] == nil { order.append(read.table) }
      var table = found[read.table] ?? ([], [])
      for column in read.columns where !table.columns.contains(column) {
        table.columns.append(column)
      }
      for row in read.rows where !table.rows.contains(row) { table.rows.append(row) }
      found[read.table] = table
    }
    tables = order.compactMap { name in
      found[name].map { table in
        Table(
          name: name, columns: table.columns,
          rows: table.rows.map { row in table.columns.map { row[$0] ?? .null } })
      }
    }
    if tables.isEmpty { return nil }
  }
}

/// `SELECT a, b FROM t WHERE c = ?`, with what may stand behind it that changes no row.
private struct PlainSelection {
  var table: String
  var columns: [String]
  var rows: [[String: CapturedValue]]

  init?(_ query: RecordedQuery) {
    let pattern =
      /(?i)\s*SELECT\s+(.+?)\s+FROM\s+([A-Za-z_][A-Za-z0-9_]*)(?:\s+WHERE\s+(.+?))?(?:\s+ORDER\s+BY\s+[A-Za-z0-9_, ]+)?(?:\s+LIMIT\s+[0-9?]+)?\s*;?\s*/
      .dotMatchesNewlines()
    guard query.statement.utf8.count < 4000, let match = query.statement.wholeMatch(of: pattern)
    else { return nil }
    let asked = match.1.split(separator: ",").map { $0.trimmed }
    let isPlain = asked == ["*"] || asked.allSatisfy { $0.isIdentifier || Int($0) != nil }
    guard isPlain, !query.columns.isEmpty else { return nil }
    table = String(match.2)
    columns = query.columns.filter(\.isIdentifier)
    var found: [String: CapturedValue] = [:]
    let given = query.parameters.sequence
    for (position, condition) in (match.3.map(Self.conditions) ?? []).enumerated() {
      guard let column = condition, given.indices.contains(position) else { return nil }
      found[column] = given[position]
      if !columns.contains(column) { columns.append(column) }
    }
    rows = query.rows.compactMap { row in
      let values = row.sequence
      guard values.count == query.columns.count else { return nil }
      let read = zip(query.columns, values).filter { $0.0.isIdentifier }
      return found.merging(read.map { ($0, $1) }) { _, read in read }
    }
    guard rows.count == query.rows.count else { return nil }
  }

  /// The columns that a statement writes, which the table needs to have.
  init?(writing statement: String) {
    let update = /(?i)\s*UPDATE\s+([A-Za-z_][A-Za-z0-9_]*)\s+SET\s(.+)/.dotMatchesNewlines()
    let insertion =
      /(?i)\s*INSERT\s+(?:OR\s+[A-Z]+\s+)?INTO\s+([A-Za-z_][A-Za-z0-9_]*)\s*\(([^()]*)\).*/
      .dotMatchesNewlines()
    let deletion = /(?i)\s*DELETE\s+FROM\s+([A-Za-z_][A-Za-z0-9_]*)(.*)/.dotMatchesNewlines()
    rows = []
    if let match = statement.wholeMatch(of: insertion) {
      table = String(match.1)
      columns = match.2.split(separator: ",").map(\.trimmed)
    } else if let match = statement.wholeMatch(of: update) ?? statement.wholeMatch(of: deletion) {
      table = String(match.1)
      columns = match.2.matches(of: /([A-Za-z_][A-Za-z0-9_]*)\s*[=<>]/).map { String($0.1) }
    } else {
      return nil
    }
    guard statement.utf8.count < 4000, columns.allSatisfy(\.isIdentifier) else { return nil }
  }

  /// The columns of `a = ? AND b = ?`, in order; `nil` for any other condition.
  private static func conditions(_ text: Substring) -> [String?] {
    text.split(separator: /(?i)\s+AND\s+/).map { part in
      part.wholeMatch(of: /\s*([A-Za-z_][A-Za-z0-9_]*)\s*=\s*\?\s*/).map { String($0.1) }
    }
  }
}

extension CapturedValue {
  fileprivate var sequence: [CapturedValue] {
    switch self {
    case .list(let items), .tuple(let items): items
    default: []
    }
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}

extension String {
  fileprivate var isIdentifier: Bool { wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil }
}

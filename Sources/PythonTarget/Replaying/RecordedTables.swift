import Failures

/// The tables that recorded statements read, as far as the statements alone tell: plain reads of one table each.
///
/// A row holds the columns that were read and those that it was found by. `nil` where a statement joins, counts or computes: then
/// no rows are known that would give the same answer.
struct RecordedTables {
  struct Table {
    var name: String
    var columns: [String] = []
    var rows: [[String: CapturedValue]] = []

    var definition: String { "CREATE TABLE \(name) (\(columns.joined(separator: ", ")))" }
    var insertion: String {
      let places = columns.map { _ in "?" }.joined(separator: ", ")
      return "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(places))"
    }

    /// The values of the rows, in the order of the columns.
    var values: [[CapturedValue]] { rows.map { row in columns.map { row[$0] ?? .null } } }

    fileprivate mutating func add(_ read: PlainStatement) {
      for column in read.columns where !columns.contains(column) { columns.append(column) }
      for row in read.rows where !rows.contains(row) { rows.append(row) }
    }
  }

  private(set) var tables: [Table] = []
  /// The statements by which production made its tables, where it made them in this unit of work.
  private(set) var schema = ""

  /// Statements that read and write no row.
  private static let silent: Set<String> = [
    "PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "ANALYZE", "VACUUM", "CREATE",
  ]

  init?(_ queries: [RecordedQuery]) {
    for query in queries {
      let verb = query.statement.prefixMatch(of: /\s*([A-Za-z]+)/)?.1.uppercased() ?? ""
      if verb == "CREATE" { add(schema: query.statement) }
      if Self.silent.contains(verb) { continue }
      guard let read = PlainStatement(query) else { return nil }
      let known = tables.firstIndex { $0.name == read.table }
      if known == nil { tables.append(Table(name: read.table)) }
      tables[known ?? tables.count - 1].add(read)
    }
    if tables.isEmpty { return nil }
    for index in tables.indices {
      for column in columns(of: tables[index].name) where !tables[index].columns.contains(column) {
        tables[index].columns.append(column)
      }
    }
  }

  private mutating func add(schema text: String) {
    guard text.utf8.count < 20_000, !schema.contains(text), Self.onlyMakes(text) else { return }
    schema += text.last { !$0.isWhitespace } == ";" ? text : text + ";\n"
  }

  /// Whether every statement of a script makes a table or an index, and nothing else: an event's text may not open a file.
  private static func onlyMakes(_ text: String) -> Bool {
    text.split(separator: ";").allSatisfy { statement in
      statement.allSatisfy(\.isWhitespace)
        || statement.prefixMatch(
          of:
            /(?i)\s*CREATE\s+(TABLE|INDEX|UNIQUE\s+INDEX)\s+(IF\s+NOT\s+EXISTS\s+)?[A-Za-z_][A-Za-z0-9_]*\s*(\(|ON\s)/
        )
          != nil
    }
  }

  /// The columns that production's own statement gives a table.
  private func columns(of table: String) -> [String] {
    let pattern =
      /(?i)CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*\(([^;]*)\)/
    for match in schema.matches(of: pattern) where match.1 == table {
      var depth = 0
      let parts = match.2.split { character in
        depth += character == "(" ? 1 : character == ")" ? -1 : 0
        return character == "," && depth == 0
      }
      let words: Set<String> = ["PRIMARY", "FOREIGN", "UNIQUE", "CHECK", "CONSTRAINT"]
      return parts.compactMap {
        $0.prefixMatch(of: /\s*([A-Za-z_][A-Za-z0-9_]*)/).map { String($0.1) }
      }
      .filter { !words.contains($0.uppercased()) }
    }
    return []
  }

  /// The statements that make tables of which no row is known, where they may follow those that are made here.
  var rest: String {
    let isCareful = !schema.contains(/(?i)CREATE\s+(TABLE|INDEX|UNIQUE\s+INDEX)\s+(?!IF\s)/)
    return isCareful ? schema : ""
  }
}

/// What a statement of one table reads or writes.
private struct PlainStatement {
  var table: String
  var columns: [String]
  var rows: [[String: CapturedValue]] = []

  init?(_ query: RecordedQuery) {
    guard query.statement.utf8.count < 4000 else { return nil }
    if let read = PlainStatement(selection: query) {
      self = read
    } else if let written = PlainStatement(writing: query.statement) {
      self = written
    } else {
      return nil
    }
  }

  /// `SELECT a, b FROM t WHERE c = ?`, with what may stand behind it that changes no row.
  private init?(selection query: RecordedQuery) {
    let pattern =
      /(?i)\s*SELECT\s+(.+?)\s+FROM\s+([A-Za-z_][A-Za-z0-9_]*)(?:\s+WHERE\s+(.+?))?(?:\s+ORDER\s+BY\s+[A-Za-z0-9_, ]+)?(?:\s+LIMIT\s+[0-9?]+)?\s*;?\s*/
      .dotMatchesNewlines()
    guard let match = query.statement.wholeMatch(of: pattern), !query.columns.isEmpty else {
      return nil
    }
    let asked = match.1.split(separator: ",").map(\.trimmed)
    guard asked == ["*"] || asked.allSatisfy({ $0.isIdentifier || Int($0) != nil }) else {
      return nil
    }
    table = String(match.2)
    columns = query.columns.filter(\.isIdentifier)
    var found: [String: CapturedValue] = [:]
    let given = query.parameters.sequence
    for (position, condition) in (match.3.map(Self.conditions) ?? []).enumerated() {
      guard let column = condition, given.indices.contains(position) else { return nil }
      found[column] = given[position]
      if !columns.contains(column) { columns.append(column) }
    }
    for row in query.rows {
      let values = row.sequence
      guard values.count == query.columns.count else { return nil }
      let read = zip(query.columns, values).filter { $0.0.isIdentifier }.map { ($0, $1) }
      rows.append(found.merging(read) { _, read in read })
    }
  }

  /// The columns of `a = ? AND b = ?`, in order; `nil` for any other condition.
  private static func conditions(_ text: Substring) -> [String?] {
    text.split(separator: /(?i)\s+AND\s+/).map { part in
      part.wholeMatch(of: /\s*([A-Za-z_][A-Za-z0-9_]*)\s*=\s*\?\s*/).map { String($0.1) }
    }
  }

  /// The columns that a statement writes, which the table needs to have.
  private init?(writing statement: String) {
    let insertion =
      /(?i)\s*(?:INSERT|REPLACE)\s+(?:OR\s+[A-Z]+\s+)?INTO\s+([A-Za-z_][A-Za-z0-9_]*)\s*(?:\(([^()]*)\))?.*/
      .dotMatchesNewlines()
    let change =
      /(?i)\s*(?:UPDATE|DELETE\s+FROM)\s+([A-Za-z_][A-Za-z0-9_]*)(.*)/.dotMatchesNewlines()
    if let match = statement.wholeMatch(of: insertion) {
      table = String(match.1)
      columns = (match.2 ?? "").split(separator: ",").map(\.trimmed)
    } else if let match = statement.wholeMatch(of: change) {
      table = String(match.1)
      columns = match.2.matches(of: /([A-Za-z_][A-Za-z0-9_]*)\s*[=<>]/).map { String($0.1) }
    } else {
      return nil
    }
    guard columns.allSatisfy(\.isIdentifier) else { return nil }
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

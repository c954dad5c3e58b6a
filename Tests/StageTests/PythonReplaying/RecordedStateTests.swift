import Failures
import Languages
import Testing

@testable import PythonTarget

/// What recorded reads become, and what a hostile event cannot make of them.
@Suite struct RecordedStateTests {
  private static func query(
    _ statement: String, _ columns: [String] = [], _ rows: [[CapturedValue]] = [],
    parameters: [CapturedValue] = []
  ) -> RecordedQuery {
    RecordedQuery(
      driver: "sqlite3", statement: statement, parameters: .tuple(parameters), columns: columns,
      rows: rows.map(CapturedValue.tuple))
  }

  @Test func `plain reads of one table become its rows, with what they were found by`() throws {
    let tables = try #require(
      RecordedTables([
        Self.query(
          "SELECT price FROM items WHERE id = ? AND shop = ?", ["price"], [[.null]],
          parameters: [.integer("7"), .string("a")]),
        Self.query(
          "SELECT * FROM items LIMIT 5", ["id", "price"], [[.integer("8"), .integer("3")]]),
        Self.query("SELECT 1 FROM seen WHERE event = ?", ["1"], parameters: [.string("e")]),
        Self.query("UPDATE items SET sold = ?, price = ? WHERE id = ?"),
      ]))
    #expect(tables.tables.map(\.name) == ["items", "seen"])
    #expect(tables.tables[0].columns == ["price", "id", "shop", "sold"])
    #expect(
      tables.tables[0].values == [
        [.null, .integer("7"), .string("a"), .null], [.integer("3"), .integer("8"), .null, .null],
      ])
    #expect(tables.tables[1].values.isEmpty && tables.tables[1].columns == ["event"])
  }

  @Test(arguments: [
    "SELECT sum(price) FROM items", "SELECT a FROM items JOIN lines USING (id)",
    "SELECT a FROM items WHERE id > ?", "SELECT a FROM items GROUP BY a",
    "WITH x AS (SELECT 1) SELECT * FROM x",
    "SELECT a FROM (SELECT 1 AS a)", "SELECT a FROM \"items; DROP\"",
  ])
  func `what joins, counts or computes has no known rows`(statement: String) {
    #expect(
      RecordedTables([
        Self.query(statement, ["a"], [[.integer("1")]], parameters: [.integer("1")])
      ]) == nil)
  }

  @Test(arguments: [
    "CREATE TABLE a (b); ATTACH DATABASE '/etc/x' AS y;",
    "CREATE TABLE a (b) -- ;\nATTACH '/x' AS y",
    "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END",
    "CREATE VIRTUAL TABLE v USING fts5(x)",
    "CREATE TABLE a AS SELECT load_extension('/x')", "CREATE TEMP VIEW v AS SELECT 1",
  ])
  func `a recorded schema makes tables and indexes, and does nothing else`(script: String) throws {
    let tables = try #require(
      RecordedTables([Self.query(script), Self.query("SELECT b FROM a", ["b"], [[.null]])]))
    #expect(tables.schema.isEmpty && tables.rest.isEmpty)
  }

  @Test func `columns of a recorded schema are those of the table`() throws {
    let script =
      "CREATE TABLE IF NOT EXISTS a (b TEXT, c DECIMAL(10, 2) NOT NULL, PRIMARY KEY (b)); CREATE TABLE IF NOT EXISTS d (e TEXT);"
    let tables = try #require(
      RecordedTables([Self.query(script), Self.query("SELECT b FROM a", ["b"], [[.null]])]))
    #expect(tables.tables.map(\.columns) == [["b", "c"]])
    #expect(tables.rest == script)
  }

  @Test func `an event replaces nothing but dice, drivers and the service's own variables`() {
    let work = [
      RecordedWork(.draw(function: "os.system", value: .integer("1"))),
      RecordedWork(.variable(name: "LD_PRELOAD", value: "/x.so")),
      RecordedWork(.variable(name: "PATH", value: "/x")),
      RecordedWork(
        .query(RecordedQuery(driver: "os.system", statement: "SELECT a FROM t", columns: ["a"]))),
      RecordedWork(
        .exchange(RecordedExchange(client: "os", method: "GET", url: "http://x/", status: 200))),
    ]
    #expect(PythonReplay(work: work).replays().isEmpty)
    let honest = RecordedWork(.draw(function: "random.choice", value: .integer("1")))
    #expect(PythonReplay(work: [honest]).replays().count == 1)
  }

  @Test func `what was cut or is not exact is not replayed as if it were whole`() {
    var cut = Self.query("SELECT a FROM t", ["a"], [[.integer("1")]])
    cut.isCut = true
    let inexact = Self.query(
      "SELECT a FROM t", ["a"], [[.truncated(known: .string("x"), certain: true)]])
    for query in [cut, inexact] {
      #expect(DatabaseReplay(queries: [query]).replays().isEmpty)
    }
    let redacted = RecordedExchange(
      client: "requests", method: "GET", url: "http://x/", status: 200,
      body: .redacted(kind: "token"))
    #expect(PythonReplay(work: [RecordedWork(.exchange(redacted))]).replays().isEmpty)
  }
}

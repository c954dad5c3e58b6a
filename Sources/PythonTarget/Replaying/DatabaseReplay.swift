import Failures
import Languages

/// What a database answered, answered again: for SQLite by a real one that holds the rows, else by what stands for a connection.
struct DatabaseReplay {
  let queries: [RecordedQuery]

  /// Nothing where no database was read, or what it answered is not known whole.
  func replays() -> [Replay] {
    let reading = queries.filter { !$0.hasFailed }
    let drivers = Set(reading.map(\.driver))
    guard let driver = drivers.first, drivers.count == 1, Self.drivers.contains(driver),
      reading.contains(where: { !$0.rows.isEmpty || !$0.columns.isEmpty }),
      reading.allSatisfy({ !$0.isCut && $0.rows.allSatisfy(\.isExact) })
    else { return [] }
    if driver == "sqlite3", let tables = RecordedTables(reading) { return file(tables) }
    return [connection(driver, reading)]
  }

  private static let drivers: Set<String> = [
    "sqlite3", "psycopg", "psycopg2", "MySQLdb", "pymysql", "mysql.connector",
  ]

  // MARK: a real database

  /// The database, and that the service's own connections lead to it.
  private func file(_ tables: RecordedTables) -> [Replay] {
    let database = Expression.name("database")
    let path = Expression.binary(.name("tmp_path"), "/", .text("recorded.db"))
    var setup = [
      Statement(.bind(database, PythonReplay.construct("sqlite3", ["connect"], [path])))
    ]
    // Made here without their constraints: what is known of a row is seldom all of it.
    for table in tables.tables {
      if !table.columns.isEmpty {
        setup.append(Self.execute(database, "execute", .text(table.definition)))
      }
      let rows = table.values.map { Expression.tuple($0.map(Expression.value)) }
      guard let first = rows.first else { continue }
      let insertion = Expression.text(table.insertion)
      setup.append(
        rows.count > 1
          ? Self.execute(database, "executemany", insertion, .list(rows))
          : Self.execute(database, "execute", insertion, first))
    }
    if !tables.rest.isEmpty {
      setup.append(Self.execute(database, "executescript", .text(tables.rest)))
    }
    setup.append(Self.execute(database, "commit"))
    if queries.contains(where: \.isNamed) {
      let row = Expression.symbol(Symbol(module: "sqlite3", path: ["Row"]))
      setup.append(Statement(.bind(.attribute(database, "row_factory"), row)))
    }
    // The service opens connections of its own, with its own settings. The name is imported before it is replaced.
    let opened = Expression.call(
      .symbol(Symbol(module: "sqlite3", path: ["connect"])),
      [Argument(.positional, path), Argument(.namedSpread, .name("kwargs"))])
    let led = PythonReplay.monkeypatch(
      "setattr", .text("sqlite3.connect"),
      .closure(parameters: ["*args", "**kwargs"], body: opened))
    return [
      Replay(
        setup: setup, fixtures: ["tmp_path"], connections: ["sqlite3": database],
        assumptions: ["the database holds the rows that were read"]),
      Replay(setup: [led], fixtures: ["monkeypatch", "tmp_path"]),
    ]
  }

  private static func execute(
    _ database: Expression, _ method: String, _ arguments: Expression...
  ) -> Statement {
    Statement(
      .evaluate(
        .call(.attribute(database, method), arguments.map { Argument(.positional, $0) })))
  }

  // MARK: what stands for a connection

  /// A connection whose cursors answer each statement with the rows that it got.
  private func connection(_ driver: String, _ reading: [RecordedQuery]) -> Replay {
    let cursor = Expression.name("cursor")
    let connection = Expression.name("connection")
    let rows = Expression.name("rows")
    func made(_ name: Expression, _ path: [String], gives value: Expression) -> Statement {
      let target = (path + ["return_value"]).reduce(name) { .attribute($0, $1) }
      return Statement(.bind(target, value))
    }
    var answers: [ExpressionPair] = []
    var known = Set<String>()
    for query in reading where known.insert(query.statement).inserted {
      answers.append(
        ExpressionPair(
          key: .text(query.statement), value: .value(.list(query.rows))))
    }
    let answer = FunctionDefinition(
      name: "execute",
      parameters: [
        Parameter(name: "statement"), Parameter(name: "parameters", standard: .value(.null)),
      ],
      body: [
        Statement(
          .bind(
            rows,
            .call(
              .attribute(.name("answers"), "get"),
              [Argument(.positional, .name("statement")), Argument(.positional, .list([]))]))),
        made(cursor, ["fetchall"], gives: rows),
        Statement(
          .bind(
            .attribute(.attribute(cursor, "fetchone"), "side_effect"),
            .binary(rows, "+", .list([.value(.null)])))),
        made(cursor, ["__iter__"], gives: PythonReplay.construct("builtins", ["iter"], [rows])),
        Statement(.give(cursor)),
      ])
    let mock = PythonReplay.mock("MagicMock")
    return Replay(
      setup: [
        Statement(.bind(.name("answers"), .map(answers))),
        Statement(.bind(cursor, mock)), Statement(.bind(connection, mock)),
        Statement(.define(answer)),
        Statement(
          .bind(.attribute(.attribute(cursor, "execute"), "side_effect"), .name("execute"))),
        Statement(
          .bind(.attribute(.attribute(connection, "execute"), "side_effect"), .name("execute"))),
        made(cursor, ["__enter__"], gives: cursor),
        made(connection, ["__enter__"], gives: connection),
        made(connection, ["cursor"], gives: cursor),
        PythonReplay.patch("\(driver).connect", answering: [connection]),
      ], fixtures: ["monkeypatch"], connections: [driver: connection],
      assumptions: ["the database answers as it did"])
  }
}

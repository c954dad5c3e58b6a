import Failures
import Foundation
import Languages
import Testing

@testable import Reproducing

/// Failures that need what production's unit of work found, with what the probe keeps of it.
@Suite(.enabled(if: RealRepository.hasPytest)) struct StateReplayTests {
  static let shop = """
    import datetime as dates
    import json
    import os
    import random
    import sqlite3
    import urllib.request
    from datetime import date, datetime

    LIMITS = {"day": 10}

    def worth(item):
        with sqlite3.connect("/nowhere/shop.db") as connection:
            connection.row_factory = sqlite3.Row
            row = connection.execute("SELECT price, amount FROM items WHERE id = ?", (item,)).fetchone()
        return row["price"] * row["amount"]

    def spent(customer):
        import psycopg
        with psycopg.connect("dbname=shop") as connection, connection.cursor() as cursor:
            cursor.execute("SELECT total FROM orders WHERE customer = %s", (customer,))
            return sum(total for (total,) in cursor.fetchall())

    def limit(name):
        return int(os.environ["SHOP_LIMIT"]) * len(name)

    def renewal(years):
        return datetime.now().replace(year=2030 + years)

    def birthday(name):
        return date.today().replace(year=2029), name

    def deadline(days):
        return dates.datetime.now().replace(year=2030 + days)

    def left(kind, used):
        return 100 / (LIMITS[kind] - used)

    def rate(currency):
        with urllib.request.urlopen("http://rates.invalid/" + currency) as answer:
            return 1 / json.loads(answer.read())["rate"]

    def prize(names):
        return 10 / random.choice([1, 2, 3]) if names else random.choice([0, 1]) / 0

    class Limiter:
        def __init__(self, size):
            self.size = size
            self.taken = {}
            self.spare = size

        def take(self, name):
            self.taken[name] = self.taken.get(name, 0) + 1
            self.spare -= 1
            return self.size / (self.spare + 1)

        def share(self):
            return sum(self.taken.values()) / self.spare
    """

  /// The stand-in for a driver that is not installed here: it has no server.
  static let driver = "def connect(*args, **kwargs):\n    raise OSError('no server')\n"

  static func tree() throws -> RealRepository {
    try RealRepository([
      "shop/__init__.py": "", "shop/stock.py": shop, "psycopg.py": driver,
      "tests/test_nothing.py": "def test_nothing():\n    assert True\n",
    ])
  }

  /// An event of one frame in `shop.stock`, as the probe sends it.
  static func event(
    _ function: String, line text: String, exception: String, message: String,
    variables: [NamedValue], globals: [NamedValue] = [], work: [RecordedWork.Read] = [],
    timestamp: Date? = nil
  ) throws -> FailureEvent {
    let lines = shop.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains(text) }) + 1
    let frame = Frame(
      file: "shop/stock.py", function: function, module: "shop.stock", line: line,
      variables: variables, globals: globals, isWhole: true, origin: .repository("shop/stock.py"))
    return FailureEvent(
      identifier: "e1", timestamp: timestamp, platform: "python",
      exceptions: [ExceptionRecord(type: exception, message: message, frames: [frame])],
      work: work.map { RecordedWork($0) })
  }

  /// The certificate's exception of what was reproduced, which is judged by running the program once more.
  static func reproduced(_ event: FailureEvent) throws -> Program? {
    let repository = try Self.tree()
    guard
      let found = LadderTests.reproduction(try LadderTests.climb(repository, event)),
      let raised = try repository.session.run(found.program).exception
    else { return nil }
    #expect(found.certificate.isMet(by: raised, in: "none"))
    return found.program
  }

  @Test func `the rows that were read are read again, by a real database`() throws {
    let query = RecordedQuery(
      driver: "sqlite3", statement: "SELECT price, amount FROM items WHERE id = ?",
      parameters: .tuple([.integer("7")]), columns: ["price", "amount"],
      rows: [.tuple([.null, .integer("2")])])
    let event = try Self.event(
      "worth", line: "row[\"price\"]", exception: "TypeError",
      message: "unsupported operand type(s) for *: 'NoneType' and 'int'",
      variables: [NamedValue("item", .integer("7"))], work: [.query(query)])
    let program = try #require(try Self.reproduced(event))
    #expect(program.fixtures.sorted() == ["monkeypatch", "tmp_path"])
  }

  @Test func `another database answers as it did, with no server`() throws {
    let query = RecordedQuery(
      driver: "psycopg", statement: "SELECT total FROM orders WHERE customer = %s",
      parameters: .tuple([.integer("7")]), columns: ["total"],
      rows: [.tuple([.integer("5")]), .tuple([.null])])
    let event = try Self.event(
      "spent", line: "return sum(total", exception: "TypeError",
      message: "unsupported operand type(s) for +: 'int' and 'NoneType'",
      variables: [NamedValue("customer", .integer("7"))], work: [.query(query)])
    #expect(try Self.reproduced(event) != nil)
  }

  @Test func `the environment is what it was`() throws {
    let event = try Self.event(
      "limit", line: "SHOP_LIMIT", exception: "ValueError",
      message: "invalid literal for int() with base 10: '10 MB'",
      variables: [NamedValue("name", .string("a"))],
      work: [.variable(name: "SHOP_LIMIT", value: "10 MB"), .variable(name: "PATH", value: "/x")])
    let program = try #require(try Self.reproduced(event))
    #expect(!"\(program)".contains("PATH"))
  }

  @Test(arguments: [("renewal", "years"), ("birthday", "name"), ("deadline", "days")])
  func `the clock stands where it stood`(function: String, parameter: String) throws {
    let event = try Self.event(
      function,
      line: function == "renewal"
        ? "datetime.now().replace(year=2030 + years"
        : function == "birthday" ? "date.today" : "dates.datetime.now",
      exception: "ValueError", message: "day is out of range for month",
      variables: [NamedValue(parameter, .integer("1"))],
      timestamp: Date(timeIntervalSince1970: 1_835_438_400))
    #expect(try Self.reproduced(event) != nil)
  }

  @Test func `only the clock that the failure asks stands, and it stands on every day`() throws {
    let event = try Self.event(
      "birthday", line: "date.today", exception: "ValueError",
      message: "day is out of range for month", variables: [NamedValue("name", .integer("1"))],
      timestamp: Date(timeIntervalSince1970: 1_835_438_400))
    let program = try #require(try Self.reproduced(event))
    #expect("\(program)".contains("today"))
    #expect(!"\(program)".contains("utcnow"))
    let repository = try Self.tree()
    for days in [1, 500] {
      #expect(try repository.session.runLater(program, days).exception?.type == "ValueError")
    }
  }

  @Test func `a module's data is what earlier work made of it`() throws {
    let limits = CapturedValue.map([MapEntry(key: .string("day"), value: .integer("4"))])
    let event = try Self.event(
      "left", line: "return 100", exception: "ZeroDivisionError", message: "division by zero",
      variables: [NamedValue("kind", .string("day")), NamedValue("used", .integer("4"))],
      globals: [NamedValue("LIMITS", limits)])
    #expect(try Self.reproduced(event) != nil)
  }

  @Test func `another service answers as it did`() throws {
    let exchange = RecordedExchange(
      client: "http.client", method: "GET", url: "http://rates.invalid/EUR", status: 200,
      headers: [NamedValue("Content-Type", .string("application/json"))],
      body: .bytes(Array("{\"rate\": 0}".utf8), mutable: false))
    let event = try Self.event(
      "rate", line: "return 1 / json", exception: "ZeroDivisionError", message: "division by zero",
      variables: [NamedValue("currency", .string("EUR"))], work: [.exchange(exchange)])
    #expect(try Self.reproduced(event) != nil)
  }

  @Test func `a receiver is in the state that it was in`() throws {
    let limiter = CapturedValue.object(
      ObjectValue(
        type: "shop.stock.Limiter",
        named: [
          NamedValue("size", .integer("2")),
          NamedValue("taken", .map([MapEntry(key: .string("a"), value: .integer("2"))])),
          NamedValue("spare", .integer("0")),
        ], identity: 1, form: .state))
    let event = try Self.event(
      "share", line: "return sum(self.taken", exception: "ZeroDivisionError",
      message: "division by zero", variables: [NamedValue("self", limiter)])
    #expect(try Self.reproduced(event) != nil)
  }
}

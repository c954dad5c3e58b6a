import Failures
import Foundation
import Intake
import Testing

@Suite struct `The probe's snapshot` {
  static let reader = EventReader(
    standardTypes: ["deque": "collections.deque", "byte-file": "io.BytesIO"],
    readValue: { .opaque(type: nil, description: $0) })

  /// A snapshot of one frame, `shop.cart:total` at line 12, with these variables and nodes.
  static func snapshot(variables: String, nodes: String = "[]", more: String = "") -> String {
    """
    {"nevermore": 1, "language": "python", "runtime": "3.11.7", "time": 1.5, "exceptions": [{"type": "KeyError", \
    "message": "'x'", "frames": [{"file": "/srv/shop/cart.py", "module": "shop.cart", "function": "total", "line": 12, \
    "arguments": ["value"], "variables": \(variables), "globals": [["RATE", 3]], "entry": [["value", 9]]}]}], \
    "nodes": \(nodes)\(more)}
    """
  }

  static func value(_ json: String, nodes: String = "[]") throws -> CapturedValue {
    let text = snapshot(variables: "[[\"value\", \(json)]]", nodes: nodes)
    let event = try reader.read(Array(text.utf8))
    return try #require(event.exceptions[0].frames[0].variable("value"))
  }

  @Test(
    arguments: [
      ("7", .integer("7")),
      ("123456789012345678901234567890", .integer("123456789012345678901234567890")),
      ("1.0", .float(1)), ("\"a\"", .string("a")), ("null", .null),
      ("[\"float\", \"-inf\"]", .float(-.infinity)),
      ("[\"bytes\", \"YQ==\"]", .bytes([97], mutable: false)),
      ("[\"bytes\", \"YQ==\", 9]", .truncated(known: .bytes([97], mutable: false), certain: true)),
      ("[\"decimal\", \"1.10\"]", .decimal("1.10")),
      ("[\"text\", [97, 56320]]", .illFormedString([97, 56320])),
      ("[\"path\", \"posix\", \"/srv\"]", .path("/srv")),
      (
        "[\"datetime\", [2026, 3, 29, 2, 30, 0, 0], [\"named\", \"Europe/Berlin\"], 1]",
        .date(
          Moment(
            kind: .dateTime, fields: [2026, 3, 29, 2, 30, 0, 0], zone: .named("Europe/Berlin"),
            fold: true))
      ),
      (
        "[\"enum\", \"shop.kinds:Size\", \"LARGE\", 2]",
        .enumeration(type: "shop.kinds.Size", member: "LARGE", raw: .integer("2"))
      ),
      ("[\"function\", \"shop.cart:total\"]", .named("shop.cart.total")),
      ("[\"lost\", \"redacted\", \"str\", \"password\"]", .redacted(kind: "password")),
      ("[\"lost\", \"size\"]", .truncated(known: .null, certain: true)),
      ("[\"lost\", \"failed\", \"shop:Odd\"]", .opaque(type: "shop.Odd", description: "")),
      ("[\"what\"]", .opaque(type: "what", description: "")),
    ] as [(String, CapturedValue)])
  func `each form is read as what it says`(json: String, expected: CapturedValue) throws {
    #expect(try Self.value(json) == expected)
  }

  @Test func `containers and objects are nodes, and what was left out is marked`() throws {
    let nodes = """
      [["list", [1, ["@", 1]], 40], ["map", [["a", ["@", 2]]]], ["object", "shop.cart:Line", [["price", null]]],
       ["deque", [5]], ["file", "b", 2, ["bytes", "YQ=="]]]
      """
    let line = CapturedValue.object(
      ObjectValue(
        type: "shop.cart.Line", named: [NamedValue("price", .null)], identity: 2, form: .state))
    #expect(
      try Self.value("[\"@\", 0]", nodes: nodes)
        == .truncated(
          known: .list([.integer("1"), .map([MapEntry(key: .string("a"), value: line)])]),
          certain: true))
    #expect(
      try Self.value("[\"@\", 3]", nodes: nodes)
        == .object(ObjectValue(type: "collections.deque", positional: [.list([.integer("5")])])))
    #expect(
      try Self.value("[\"@\", 4]", nodes: nodes)
        == .object(ObjectValue(type: "io.BytesIO", positional: [.bytes([97], mutable: false)])))
    let long = "[\"long\", [\"text-cut\", \"lo\", 9], [\"lost\", \"failed\", \"shop:Odd\", null]]"
    #expect(try Self.value("[\"@\", 0]", nodes: long) == .string("long"))
    #expect(
      try Self.value("[\"@\", 1]", nodes: long)
        == .truncated(known: .string("lo"), certain: true))
    #expect(
      try Self.value("[\"@\", 2]", nodes: long) == .opaque(type: "shop.Odd", description: ""))
    #expect(try Self.value("[\"@\", 99]", nodes: nodes) == .absent)
  }

  @Test func `what leads back to itself is a reference, and no graph takes for ever`() throws {
    let node = try Self.value(
      "[\"@\", 0]", nodes: "[[\"object\", \"shop:Node\", [[\"parent\", [\"@\", 0]]]]]")
    guard case .object(let object) = node else {
      Issue.record("\(node)")
      return
    }
    #expect(object.named == [NamedValue("parent", .reference(0))])
    // Each node names the next one twice: as a tree it has a million leaves and more.
    let doubling =
      (0..<40).map { "[\"list\", [[\"@\", \($0 + 1)], [\"@\", \($0 + 1)]]]" } + ["[\"list\", []]"]
    let value = try Self.value("[\"@\", 0]", nodes: "[\(doubling.joined(separator: ","))]")
    #expect(!value.isExact)
  }

  @Test func `it stands alone, with globals, entry values and what was read`() throws {
    let work = """
      , "work": [{"kind": "database", "module": "sqlite3", "statement": "SELECT a FROM t", "parameters": ["@", 0], "columns": ["a"], "rows": [["@", 0]], "caller": ["/srv/shop/cart.py", 3, "load"]},
       {"kind": "environment", "name": "RATE", "value": null}, {"kind": "unknown"}]
      """
    let text = Self.snapshot(variables: "[]", nodes: "[[\"tuple\", [null]]]", more: work)
    let event = try Self.reader.read(Array(text.utf8))
    let frame = event.exceptions[0].frames[0]
    #expect(frame.globals == [NamedValue("RATE", .integer("3"))])
    #expect(frame.argument("value") == .integer("9"))
    #expect(frame.isWhole && event.timestamp == Date(timeIntervalSince1970: 1.5))
    #expect(
      event.work == [
        RecordedWork(
          .query(
            RecordedQuery(
              driver: "sqlite3", statement: "SELECT a FROM t", parameters: .tuple([.null]),
              columns: ["a"], rows: [.tuple([.null])])), caller: "load",
          callerFile: "/srv/shop/cart.py"),
        RecordedWork(.variable(name: "RATE", value: nil)),
      ])
  }

  static func envelope(snapshot: String) -> [UInt8] {
    let event = """
      {"event_id": "e1", "platform": "python", "exception": {"values": [{"type": "KeyError", "value": "'x'", \
      "stacktrace": {"frames": [{"filename": "shop/cart.py", "function": "total", "lineno": 12, "vars": {"value": "'cut'"}}, \
      {"filename": "shop/cart.py", "function": "total", "lineno": 13, "vars": {"value": "'other'"}}]}}]}}
      """
    let header =
      "{\"type\":\"attachment\",\"length\":\(snapshot.utf8.count),\"filename\":\"nevermore.snapshot\"}"
    return Array(
      "{\"event_id\":\"e1\"}\n{\"type\":\"event\",\"length\":\(event.utf8.count)}\n\(event)\n\(header)\n\(snapshot)\n"
        .utf8)
  }

  @Test func `beside an event it gives the frames at the same line their live values`() throws {
    let snapshot = Self.snapshot(variables: "[[\"value\", 8]]")
    let event = try Self.reader.read(Self.envelope(snapshot: snapshot))
    let frames = event.exceptions[0].frames
    #expect(frames[0].variable("value") == .integer("8") && frames[0].isWhole)
    #expect(frames[1].variable("value") == .opaque(type: nil, description: "'other'"))
    #expect(event.identifier == "e1")
  }

  @Test(arguments: [
    "", "{", "[]", "{\"nevermore\": 2, \"exceptions\": []}", "\u{1F}nothing", "{\"nevermore\": 1}",
  ])
  func `one that cannot be read leaves the event as it is`(snapshot: String) throws {
    let event = try Self.reader.read(Self.envelope(snapshot: snapshot))
    #expect(
      event.exceptions[0].frames[0].variable("value") == .opaque(type: nil, description: "'cut'"))
    #expect(event.work.isEmpty)
  }

  @Test func `secrets in it are scrubbed as in an event`() throws {
    let work = """
      , "work": [{"kind": "database", "module": "sqlite3", "statement": "SELECT password FROM users", "columns": ["password"], "rows": [["@", 0]]},
       {"kind": "environment", "name": "API_KEY", "value": "hunter2-hunter2"}, {"kind": "redis", "command": ["GET", "session:7"], "answer": "hunter2-hunter2"},
       {"kind": "http", "client": "requests", "method": "GET", "url": "https://bob:hunter2-hunter2@rates/", "status": 200, "headers": [["Set-Cookie", "hunter2-hunter2"]], "body": null}]
      """
    let text = Self.snapshot(
      variables: "[[\"value\", [\"@\", 1]]]",
      nodes:
        "[[\"tuple\", [\"hunter2-hunter2\"]], [\"object\", \"shop:User\", [[\"password\", \"hunter2-hunter2\"]]]]",
      more: work)
    let event = Scrubber(key: ScrubKey()).scrubbed(try Self.reader.read(Array(text.utf8))).event
    #expect(!"\(event)".contains("hunter2"), "\(event)")
  }
}

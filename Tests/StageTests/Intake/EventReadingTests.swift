import Failures
import Foundation
import Intake
import Testing

/// Reads quoted text and digits: enough of a language's notation for tests.
let eventReader = EventReader { leaf in
  if leaf.count > 1, leaf.hasPrefix("'"), leaf.hasSuffix("'") {
    return .string(String(leaf.dropFirst().dropLast()))
  }
  if leaf == "None" { return .null }
  if leaf.hasPrefix("{"), leaf.hasSuffix("}") { return .map([]) }
  if !leaf.isEmpty, leaf.allSatisfy(\.isNumber) { return .integer(leaf) }
  return .opaque(type: nil, description: leaf)
}

func readEvent(_ text: String) throws(IntakeError) -> FailureEvent {
  try eventReader.read(Array(text.utf8))
}

/// An event with one frame that has these variables.
func eventText(variables: String, meta: String = "null", rest: String = "") -> String {
  """
  {"event_id": "e", "platform": "python", \(rest)
   "exception": {"values": [{"type": "KeyError", "value": "'x'", "stacktrace": {"frames": [
     {"filename": "a.py", "function": "f", "lineno": 3, "vars": \(variables)}]}}]},
   "_meta": {"exception": {"values": {"0": {"stacktrace": {"frames": {"0": {"vars": \(meta)}}}}}}}}
  """
}

@Suite struct `Reading an event` {
  static let full = """
    {"event_id": "ab12", "timestamp": "2026-01-02T03:04:05.250000Z", "platform": "python",
     "release": "shop@1.4.2", "environment": "production", "transaction": "order",
     "level": "error", "server_name": "web-1",
     "contexts": {"trace": {"trace_id": "36da"}, "runtime": {"name": "CPython", "version": "3.11.7"},
       "region": {"name": "eu"}},
     "tags": {"case": "a"}, "extra": {"sys.argv": ["run.py", "--fast"], "job": {"id": 5}},
     "modules": {"flask": "3.0.1"}, "user": {"id": "u7"},
     "request": {"url": "http://shop/orders/9", "method": "POST", "query_string": "a=1&b=x+y%21",
       "headers": {"Content-Type": "application/json", "Authorization": "[Filtered]"},
       "cookies": {"theme": "dark"}, "env": {"SERVER_PORT": "80"},
       "data": {"items": [0, 1, 2], "name": "ann", "deep": "{'e': {'f': 1}}"}},
     "breadcrumbs": {"values": [{"category": "sql", "message": "SELECT 1", "level": "info",
       "data": {"rows": 3}}]},
     "exception": {"values": [
       {"type": "KeyError", "module": "builtins", "value": "'a'",
        "mechanism": {"type": "chained", "handled": true, "exception_id": 1, "parent_id": 0}},
       {"type": "ExceptionGroup", "value": "several",
        "mechanism": {"type": "flask", "handled": false, "exception_id": 0,
          "is_exception_group": true},
        "stacktrace": {"frames": [
          {"filename": "shop/a.py", "abs_path": "/srv/shop/a.py", "function": "outer",
           "module": "shop.a", "lineno": 12, "pre_context": ["one", "two"],
           "context_line": "  three()", "post_context": ["four"],
           "vars": {"b": "'text'", "a": ["1", {"k": "None"}]}, "in_app": true}]}}]},
     "_meta": {"request": {"data": {"deep": {"": {"rem": [["!limit", "x"]]}}}}}}
    """

  @Test func `everything that the sender said is there`() throws {
    let event = try readEvent(Self.full)
    #expect(event.identifier == "ab12")
    #expect(event.timestamp == Date(timeIntervalSince1970: 1_767_323_045.25))
    #expect(event.platform == "python")
    #expect(event.release == "shop@1.4.2")
    #expect(event.environment == "production")
    #expect(event.transaction == "order")
    #expect(event.traceIdentifier == "36da")
    #expect(event.runtime == "3.11.7")
    #expect(event.packages == ["flask": "3.0.1"])
    #expect(event.arguments == ["run.py", "--fast"])
    #expect(
      event.facts.map(\.name) == [
        "level", "server_name", "tags.case", "extra.job", "contexts.region", "user.id",
        "request.env.SERVER_PORT",
      ])
    #expect(event.breadcrumbs.first?.category == "sql")
    #expect(
      event.breadcrumbs.first?.fields == [
        NamedValue("rows", .integer("3")), NamedValue("level", .string("info")),
      ])
  }

  @Test func `exceptions keep their order, links and frames`() throws {
    let event = try readEvent(Self.full)
    #expect(event.exceptions.map(\.type) == ["KeyError", "ExceptionGroup"])
    let first = try #require(event.exceptions.first)
    #expect(first.module == "builtins" && first.message == "'a'" && first.isHandled == true)
    #expect(first.identifier == 1 && first.parent == 0 && !first.isGroup)
    let last = try #require(event.exception)
    #expect(last.identifier == 0 && last.parent == nil && last.isGroup)
    #expect(last.mechanism == "flask" && last.isHandled == false)
    #expect(
      last.frames == [
        Frame(
          file: "shop/a.py", absolutePath: "/srv/shop/a.py", function: "outer", module: "shop.a",
          line: 12, linesBefore: ["one", "two"], sourceLine: "  three()", linesAfter: ["four"],
          variables: [
            NamedValue("b", .string("text")),
            NamedValue(
              "a",
              .list([
                .integer("1"), .map([MapEntry(key: .string("k"), value: .null)]),
              ])),
          ])
      ])
  }

  @Test func `the request is read in full`() throws {
    let request = try #require(try readEvent(Self.full).request)
    #expect(request.method == "POST" && request.path == "/orders/9")
    #expect(request.query == [NamedValue("a", .string("1")), NamedValue("b", .string("x y!"))])
    #expect(request.header("content-type") == "application/json")
    #expect(request.headers.last?.value == .redacted(kind: "filtered"))
    #expect(request.cookies == [NamedValue("theme", .string("dark"))])
    guard case .structured(.map(let entries)) = request.body else {
      Issue.record("no structured body")
      return
    }
    #expect(entries.first?.value == .list([.integer("0"), .integer("1"), .integer("2")]))
    #expect(entries.last?.value == .map([]), "what was too deep is read from its notation")
  }

  @Test(arguments: [
    (#"[["a", "1"], ["b", "2"]]"#, #"[["H", "v"]]"#, #"[["c", "d"]]"#),
    (#"{"a": "1", "b": "2"}"#, #"{"H": "v"}"#, #""c=d""#),
    (#""a=1&b=2""#, #"[{"key": "H", "value": "v"}]"#, #"{"c": "d"}"#),
    (#""?a=1&b=2""#, #""H: v""#, #""c = d""#),
  ])
  func `names and values come in many shapes`(query: String, headers: String, cookies: String)
    throws
  {
    let request = try readEvent(
      """
      {"message": "m", "request": {"url": "http://h/", "query_string": \(query),
       "headers": \(headers), "cookies": \(cookies)}}
      """
    ).request
    #expect(request?.query == [NamedValue("a", .string("1")), NamedValue("b", .string("2"))])
    #expect(request?.headers == [NamedValue("H", .string("v"))])
    #expect(request?.cookies == [NamedValue("c", .string("d"))])
  }

  @Test(arguments: [
    (#""""#, #"{"": {"rem": [["!config", "x"]]}}"#, RequestRecord.Body.dropped),
    (#"null"#, #"{"": {"rem": [["!config", "x"]]}}"#, .dropped),
    (#""a=1""#, "null", .text("a=1")),
    (#""""#, "null", .text("")),
    (#""[Filtered]""#, "null", .structured(.redacted(kind: "filtered"))),
    ("[1]", "null", .structured(.list([.integer("1")]))),
    (
      #""abc...""#, #"{"": {"len": 90, "rem": [["!limit", "x", 3, 6]]}}"#,
      .structured(.truncated(known: .string("abc..."), certain: true))
    ),
  ])
  func `bodies are structured, text or dropped`(
    data: String, meta: String, expected: RequestRecord.Body
  ) throws {
    let event = try readEvent(
      #"{"message": "m", "request": {"data": \#(data)}, "_meta": {"request": {"data": \#(meta)}}}"#)
    #expect(event.request?.body == expected)
  }

  @Test func `an event without an exception has its message`() throws {
    let logged = try readEvent(
      #"{"logentry": {"message": "order %d", "formatted": "order 5", "params": [5]}}"#)
    #expect(logged.message == "order 5" && logged.exceptions.isEmpty)
    #expect(try readEvent(#"{"message": "hello"}"#).message == "hello")
  }

  @Test func `the shapes of older clients are read`() throws {
    let event = try readEvent(
      """
      {"level": 40, "message": "ZeroDivisionError: division by zero", "breadcrumbs": [],
       "timestamp": "2026-11-22T11:12:29Z", "extra": {"sys.argv": ["'run.py'", "'it''"]},
       "tags": [["environment", "staging"], ["release", "2.0"]],
       "exception": [{"type": "ZeroDivisionError", "value": "division by zero",
         "stacktrace": {"frames": [{"abs_path": "/srv/a.py", "vars": {"x": null, "y": 5}}, null]}}]}
      """)
    #expect(event.arguments == ["run.py", "it'"])
    #expect(event.release == "2.0" && event.environment == "staging")
    #expect(event.exception?.frames.count == 1)
    #expect(event.exception?.frames.first?.file == "/srv/a.py")
    #expect(event.exception?.frames.first?.variable("x") == .null)
    #expect(event.exception?.frames.first?.variable("y") == .integer("5"))
    #expect(event.identifier.count == 32, "an event without an identifier is named by its bytes")
  }
}

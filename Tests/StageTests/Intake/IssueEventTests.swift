import Failures
import Foundation
import Intake
import Testing

@Suite struct `Reading the JSON of Sentry's page` {
  static let page = """
    {"id": "77", "eventID": "ab12", "title": "KeyError", "platform": "python",
     "dateReceived": "2026-01-02T03:04:05Z", "message": "a title",
     "release": {"version": "shop@1.4.2", "shortVersion": "1.4.2"},
     "packages": {"flask": "3.0.1"}, "context": {"sys.argv": ["run.py"], "job": 5},
     "contexts": {"runtime": {"version": "3.11.7"}, "trace": {"trace_id": "36da"}},
     "tags": [{"key": "environment", "value": "production"},
       {"key": "transaction", "value": "order"}],
     "entries": [
       {"type": "message", "data": {"formatted": "order 5 failed"}},
       {"type": "exception", "data": {"values": [
         {"type": "KeyError", "value": "'a'", "mechanism": {"type": "flask", "handled": false},
          "stacktrace": {"frames": [
            {"filename": "shop/a.py", "absPath": "/srv/shop/a.py", "module": "shop.a",
             "function": "f", "lineNo": 12, "inApp": true,
             "context": [[11, "one"], [12, "  two()"], [13, "three"], [14, null]],
             "vars": {"v": ["1"], "cut": "'abc'"}}]}}]}},
       {"type": "request", "data": {"method": "GET", "url": "http://shop/", "query": [["a", "1"]],
         "headers": [["Host", "shop"]], "cookies": [["c", "d"]], "data": null}},
       {"type": "breadcrumbs", "data": {"values": [{"category": "log", "message": "m"}]}},
       {"type": "threads", "data": {}}],
     "_meta": {"entries": {"1": {"data": {"values": {"0": {"stacktrace": {"frames": {"0":
       {"vars": {"cut": {"": {"len": 900, "rem": [["!limit", "x", 3, 6]]}}}}}}}}}}}}}
    """

  @Test func `it says the same as the client's own event`() throws {
    let event = try readEvent(Self.page)
    #expect(event.identifier == "ab12")
    #expect(event.release == "shop@1.4.2" && event.environment == "production")
    #expect(event.message == "order 5 failed" && event.transaction == "order")
    #expect(event.runtime == "3.11.7" && event.traceIdentifier == "36da")
    #expect(event.packages == ["flask": "3.0.1"] && event.arguments == ["run.py"])
    #expect(event.timestamp == Date(timeIntervalSince1970: 1_767_323_045))
    #expect(event.breadcrumbs == [Breadcrumb(category: "log", message: "m")])
    #expect(event.request?.query == [NamedValue("a", .string("1"))])
    #expect(event.request?.headers == [NamedValue("Host", .string("shop"))])
    #expect(event.request?.cookies == [NamedValue("c", .string("d"))])
    #expect(event.request?.body == nil)
  }

  @Test func `numbered lines are parted at the frame's own`() throws {
    let frame = try #require(try readEvent(Self.page).exception?.frames.first)
    #expect(
      frame
        == Frame(
          file: "shop/a.py", absolutePath: "/srv/shop/a.py", function: "f", module: "shop.a",
          line: 12, linesBefore: ["one"], sourceLine: "  two()", linesAfter: ["three", ""],
          variables: [
            NamedValue("v", .list([.integer("1")])),
            NamedValue("cut", .truncated(known: .string("abc"), certain: true)),
          ]))
  }

  @Test func `a release may be a string, or missing`() throws {
    let event = #"{"eventID": "a", "release": "r1", "message": "m", "entries": []}"#
    #expect(try readEvent(event).release == "r1")
    #expect(
      try readEvent(#"{"eventID": "a", "release": null, "message": "m", "entries": []}"#).release
        == nil)
  }
}

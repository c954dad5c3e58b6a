import Failures
import Foundation
import Intake
import Interchange
import PythonTarget
import Telemetry
import Testing

let otlpReader = OTLPReader(
  language: StackLanguage(
    readStack: TracebackText.read, readType: { QualifiedType.parted($0) }))

@Suite struct `Reading OTLP` {
  static let resource = [
    ("service.name", "shop"), ("service.version", "1.4.2"),
    ("deployment.environment.name", "production"), ("telemetry.sdk.language", "python"),
    ("process.runtime.version", "3.11.7"), ("host.name", "web-1"),
  ]

  static func logs(_ records: [ExportedRecord]) throws -> OTLPBatch {
    try otlpReader.read(
      ExportedRecord.logs(records, resource: resource), signal: .logs, format: .protobuf)
  }

  static func traces(_ records: [ExportedRecord]) throws -> OTLPBatch {
    try otlpReader.read(
      ExportedRecord.traces(records, resource: resource), signal: .traces, format: .protobuf)
  }

  @Test func `an exception in a log is a failure, with what its resource says`() throws {
    var record = ExportedRecord.log()
    record.attributes += [("order", "991"), ("code.function.name", "serve")]
    let batch = try Self.logs([record])
    let event = try #require(batch.events.first)
    #expect(event.exception?.type == "ZeroDivisionError")
    #expect(event.exception?.message == "integer division or modulo by zero")
    #expect(event.exception?.frames.map(\.function) == ["total", "price"])
    #expect(event.platform == "python")
    #expect(event.release == "1.4.2")
    #expect(event.environment == "production")
    #expect(event.runtime == "3.11.7")
    #expect(event.message == "failed")
    #expect(event.traceIdentifier == ExportedRecord.trace1)
    #expect(event.timestamp == Date(timeIntervalSince1970: 1_795_345_958.155_129_344))
    #expect(event.request == nil)
    #expect(
      event.facts.map(\.name) == ["order", "service.name", "host.name", "span_id"])
    #expect(!event.identifier.isEmpty)
  }

  @Test func `an exception event of a span is a failure, and its span names the transaction`()
    throws
  {
    var record = ExportedRecord.span([
      ("exception", ExportedRecord.exception), ("other", [("a", "b")]),
    ])
    record.attributes = [("qty", "2")]
    let batch = try Self.traces([record])
    let event = try #require(batch.events.first)
    #expect(batch.records == 1)
    #expect(event.transaction == "price")
    #expect(event.exception?.frames.last?.line == 7)
    #expect(event.facts.first == NamedValue("qty", .string("2")))
  }

  @Test func `types and messages are those that Sentry's client sends for the same crash`() throws {
    func told(_ type: String, _ message: String, _ last: String) throws -> ExceptionRecord? {
      let stack =
        "Traceback (most recent call last):\n  File \"/srv/a.py\", line 1, in f\n    g()\n" + last
      return try Self.logs([
        .log([
          ("exception.type", type), ("exception.message", message), ("exception.stacktrace", stack),
        ])
      ]).events.first?.exception
    }
    // The log's attribute is the bare argument, and Sentry sends what `str` makes of the exception.
    let missing = try told("KeyError", "sku", "KeyError: 'sku'\n")
    #expect(missing?.message == "'sku'" && missing?.type == "KeyError")
    let own = try told("shop.errors.Refused", "no", "shop.errors.Refused: no\n")
    #expect(own?.type == "Refused" && own?.module == "shop.errors")
    let inner = try told(
      "DoesNotExist", "no", "shop.models.Order.DoesNotExist: no\n")
    #expect(inner?.type == "Order.DoesNotExist" && inner?.module == "shop.models")
    let local = try told("Refused", "no", "shop.a.make.<locals>.Refused: no\n")
    #expect(local?.type == "make.<locals>.Refused" && local?.module == "shop.a")
    // A message that goes on after a blank line is whole in the attribute alone.
    let long = try told("ValueError", "a\n\nb", "ValueError: a\n\nb\n")
    #expect(long?.message == "a\n\nb")
    let silent = try told("ValueError", "", "ValueError\n")
    #expect(silent?.message == "")
  }

  @Test(arguments: [
    ("shop.errors.Refused", "shop.errors", "Refused"), ("KeyError", nil, "KeyError"),
    ("builtins.KeyError", nil, "KeyError"), ("socket.timeout", "socket", "timeout"),
    ("shop.models.Order.DoesNotExist", "shop.models", "Order.DoesNotExist"),
    ("shop.a.make.<locals>.Refused", "shop.a", "make.<locals>.Refused"),
    ("PIL.UnidentifiedImageError", "PIL", "UnidentifiedImageError"),
    ("shop._private._Refused", "shop._private", "_Refused"), ("...", nil, "..."),
    ("<locals>.X", nil, "<locals>.X"),
  ])
  func `a full name is parted where its module ends`(
    full: String, module: String?, name: String
  ) {
    let parted = QualifiedType.parted(full)
    #expect(parted.module == module && parted.name == name)
  }

  @Test func `a file of the stack shows where a module ends`() {
    let frame = Frame(
      file: "/usr/lib/python3.11/xml/etree/ElementTree.py", function: "close", line: 1)
    let parted = QualifiedType.parted("xml.etree.ElementTree.ParseError", frames: [frame])
    #expect(parted.module == "xml.etree.ElementTree" && parted.name == "ParseError")
  }

  @Test func `without a stack, the attributes are all that there is`() throws {
    let event = try #require(
      Self.logs([.log([("exception.type", "shop.errors.Refused"), ("exception.message", "no")])])
        .events.first)
    #expect(
      event.exceptions == [ExceptionRecord(type: "Refused", module: "shop.errors", message: "no")])
  }

  @Test func `where a stack was cut before its last exception, the attributes name it`() throws {
    let stack = """
      Traceback (most recent call last):
        File "/srv/shop.py", line 49, in chain
          try: {}['missing']
      KeyError: 'missing'

      The above exception was the direct cause of the following exception:

      Traceback (most recent call last):
        File "/srv/sho
      """
    let event = try #require(
      Self.logs([
        .log([
          ("exception.type", "ValueError"), ("exception.message", "bad"),
          ("exception.stacktrace", stack),
        ])
      ]).events.first)
    #expect(event.exceptions.map(\.type) == ["KeyError", "ValueError"])
    #expect(event.exception?.frames.isEmpty == true)
  }

  @Test(arguments: [
    (
      2, ["http.request.method": "POST", "url.full": "https://shop/orders?id=7"], "POST /orders id"
    ),
    (2, ["http.method": "GET", "http.target": "/cart?a=1"], "GET /cart a"),
    (2, ["http.request.method": "GET", "url.path": "/p", "url.query": "x=1"], "GET /p x"),
    (2, ["http.request.method": "GET"], "none"), (2, ["url.path": "/p"], "none"),
    (3, ["http.request.method": "GET", "url.full": "https://other/x"], "none"),
  ])
  func `a request is told where a server's span has its method and address, and never made up`(
    kind: Int, attributes: [String: String], expected: String
  ) throws {
    var record = ExportedRecord.span([("exception", ExportedRecord.exception)])
    record.kind = kind
    record.attributes = attributes.map { ($0.key, $0.value) }
    let event = try #require(Self.traces([record]).events.first)
    let told = event.request.map {
      "\($0.method) \($0.path) \($0.query.map(\.name).joined(separator: ","))"
    }
    #expect((told ?? "none") == expected)
    #expect(!event.facts.contains { $0.name.hasPrefix("http.") || $0.name.hasPrefix("url.") })
  }

  @Test func `what is no error, or no exception, is ignored and counted`() throws {
    var warning = ExportedRecord.log()
    warning.severity = 13
    let batch = try Self.logs([warning, .log([]), .log([("a", "b")])])
    #expect(batch.events.isEmpty && batch.ignored == 3)
    #expect(try Self.traces([.span([]), .span([("exception", [])])]).ignored == 2)
  }

  @Test func `a stack in the text of an error is read, too`() throws {
    var record = ExportedRecord.log([])
    record.body = "POST /orders failed\n" + ExportedRecord.traceback
    #expect(try Self.logs([record]).events.first?.exception?.type == "ZeroDivisionError")
  }

  @Test func `one raising is one failure, on the span and in the log and sent again`() throws {
    let log = try Self.logs([.log(), .log()])
    let span = try Self.traces([
      .span([("exception", ExportedRecord.exception), ("exception", ExportedRecord.exception)])
    ])
    #expect(log.occurrences.count == 1 && log.repeated == 1)
    #expect(span.occurrences.count == 1 && span.repeated == 1)
    #expect(log.occurrences[0].key == span.occurrences[0].key)
    #expect(log.occurrences[0].key != nil)
    #expect(
      try Self.logs([.log()]).events[0].identifier == log.occurrences[0].event.identifier)
  }

  @Test func `two failures of one type in one span are two, and so are those of two spans`() throws
  {
    let other = ExportedRecord.exception.map {
      ($0.0, $0.1.replacing("line 7", with: "line 9"))
    }
    #expect(try Self.logs([.log(), .log(other)]).events.count == 2)
    var elsewhere = ExportedRecord.log()
    elsewhere.span = "00000000000000ff"
    #expect(try Self.logs([.log(), elsewhere]).events.count == 2)
  }

  @Test func `what belongs to no trace has no key, and is never taken for another`() throws {
    var record = ExportedRecord.log()
    record.trace = ""
    let apart = try Self.logs([record, record]).occurrences
    #expect(apart.count == 2 && apart.allSatisfy { $0.key == nil })
    record.trace = String(repeating: "0", count: 32)
    #expect(try Self.logs([record]).events.first?.traceIdentifier == nil)
  }
}

import Failures
import Foundation
import Intake
import Interchange
import Telemetry
import Testing

@Suite struct `Hostile OTLP` {
  static let malformed = IntakeError.malformedExport(format: "JSON")

  @Test func `a body that is cut off is one error, or a whole of fewer resources`() throws {
    let body = try ExportedRecord.logs([.log(), .log([("a", "b")])])
    for length in 1..<body.count {
      #expect(throws: IntakeError.malformedExport(format: "protobuf")) {
        try otlpReader.read(Array(body.prefix(length)), signal: .logs, format: .protobuf)
      }
    }
    let document = ExportedRecord.logsJSON([.log()]).bytes()
    for length in 0..<document.count {
      #expect(throws: Self.malformed) {
        try otlpReader.read(Array(document.prefix(length)), signal: .logs, format: .json)
      }
    }
  }

  @Test(arguments: 0..<300)
  func `damaged bodies end in an error or in counted records`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let records = OTLPNotationTests.random(&generator) + [.log()]
    for (format, body) in [
      (OTLPFormat.protobuf, try ExportedRecord.logs(records)),
      (.json, ExportedRecord.logsJSON(records).bytes()),
    ] {
      var body = body
      for _ in 0...generator.below(5) {
        body[generator.below(body.count)] = UInt8(generator.below(256))
      }
      if let batch = try? otlpReader.read(body, signal: .logs, format: format) {
        #expect(batch.records <= body.count)
      }
      _ = try? otlpReader.read(body, signal: .traces, format: format)
    }
  }

  @Test(arguments: [
    "[", "{\"a\":", "{\"resourceLogs\":[", "{\"x\":[{\"y\":",
    "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"arrayValue\":{\"values\":[",
  ])
  func `JSON nested a hundred thousand deep is an error`(unit: String) {
    let text = String(repeating: unit, count: 100_000)
    #expect(throws: Self.malformed) {
      try otlpReader.read(Array(text.utf8), signal: .logs, format: .json)
    }
  }

  @Test func `values nested too deep in protobuf are an error`() throws {
    // An array value in an array value, a hundred times: lengths are made from the inside.
    var value: [UInt8] = []
    func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
      var length = content.count
      var varint: [UInt8] = []
      repeat {
        varint.append(UInt8(length & 0x7F) | (length > 0x7F ? 0x80 : 0))
        length >>= 7
      } while length > 0
      return [number << 3 | 2] + varint + content
    }
    for _ in 0..<10_000 { value = field(5, field(1, value)) }
    let record = field(5, value)
    let body = field(1, field(2, field(2, record)))
    #expect(throws: IntakeError.malformedExport(format: "protobuf")) {
      try otlpReader.read(body, signal: .logs, format: .protobuf)
    }
  }

  @Test func `a record beyond its bound is refused alone`() throws {
    var large = ExportedRecord.log()
    large.body = String(repeating: "x", count: 1 << 20)
    let batch = try otlpReader.read(
      ExportedRecord.logs([.log(), large]), signal: .logs, format: .protobuf)
    #expect(batch.events.count == 1 && batch.refused == 1)
    large.events = [("note", [])]
    let spans = try otlpReader.read(
      ExportedRecord.traces([large]), signal: .traces, format: .protobuf)
    #expect(spans.ignored == 1)
  }

  @Test func `a great many empty records are walked over one by one`() throws {
    // Field 2, length 0.
    let records = (0..<200_000).flatMap { _ in [0x12, 0x00] as [UInt8] }
    let count = records.count
    func varint(_ length: Int) -> [UInt8] {
      [UInt8(length & 0x7F | 0x80), UInt8(length >> 7 & 0x7F | 0x80), UInt8(length >> 14 & 0x7F)]
    }
    let scope = [0x12] + varint(count) + records
    let body = [0x0A] + varint(scope.count) + scope
    let batch = try otlpReader.read(body, signal: .logs, format: .protobuf)
    #expect(batch.ignored == 200_000)
  }

  @Test func `too many structures in JSON are refused before any is made`() {
    let text = "{\"resourceLogs\":[" + String(repeating: "{},", count: 600_000) + "{}]}"
    #expect(throws: Self.malformed) {
      try otlpReader.read(Array(text.utf8), signal: .logs, format: .json)
    }
  }

  @Test(arguments: OTLPFormat.allCases)
  func `what is the same for all events of a resource or a span is small, and its losses marked`(
    format: OTLPFormat
  ) throws {
    let long = String(repeating: "é", count: 40_000)
    let resource = [("service.version", long), ("process.runtime.version", long), ("r", long)]
    let attributes = [
      ("a", long), ("b", "late"), ("http.request.method", "GET"), ("url.full", long),
    ]
    var records = (0..<3).map { _ in
      ExportedRecord.span([("exception", [("exception.type", "X")])])
    }
    for index in records.indices {
      records[index].span = ""
      records[index].kind = 2
      records[index].attributes = attributes
      records[index].name = long
    }
    let body =
      format == .json
      ? ExportedRecord.tracesJSON(records, resource: resource).bytes()
      : try ExportedRecord.traces(records, resource: resource)
    let batch = try otlpReader.read(body, signal: .traces, format: format)
    #expect(batch.events.count == 3)
    for event in batch.events {
      #expect(event.release == nil && event.runtime == nil && event.transaction == nil)
      #expect(event.request == nil)
      let known = CapturedValue.string(String(repeating: "é", count: (64 << 10) / 2 - 8))
      let cut = CapturedValue.truncated(known: known, certain: true)
      let isAsExpected =
        event.facts == [
          NamedValue("a", cut), NamedValue("b", .unread), NamedValue("r", cut),
        ]
      #expect(isAsExpected)
    }
  }

  @Test func `attributes beyond what any sender keeps are left out`() throws {
    let attributes = (0..<2000).map { ("a\($0)", "b") }
    var record = ExportedRecord.log()
    record.attributes += attributes
    let batch = try otlpReader.read(
      ExportedRecord.logs([record], resource: attributes), signal: .logs, format: .protobuf)
    #expect((batch.events.first?.facts.count ?? 0) < 1100)
  }

  @Test func `a stack beyond its bound keeps its end`() throws {
    let frame = "  File \"/srv/shop/a.py\", line 1, in f\n"
    let stack =
      "Traceback (most recent call last):\n" + String(repeating: frame, count: 3000)
      + "Traceback (most recent call last):\n" + frame + "KeyError: 'x'\n"
    let batch = try otlpReader.read(
      ExportedRecord.logs([.log([("exception.stacktrace", stack)])]), signal: .logs,
      format: .protobuf)
    #expect(batch.events.first?.exception?.type == "KeyError")
    #expect(batch.events.first?.exception?.frames.count == 1)
  }

  @Test func `a stack of many writers costs no more than one of few`() throws {
    let text = (0..<1500).map { "w\($0) Traceback (most recent call last):\n" }.joined()
    let batch = try otlpReader.read(
      ExportedRecord.logs([.log([("exception.type", "X"), ("exception.stacktrace", text)])]),
      signal: .logs, format: .protobuf)
    #expect(batch.events.first?.exception?.type == "X")
  }
}

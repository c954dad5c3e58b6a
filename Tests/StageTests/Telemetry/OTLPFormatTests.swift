import Failures
import Foundation
import Intake
import Interchange
import OpenTelemetry
import SwiftProtobuf
import Telemetry
import Testing

@Suite("Notations of OTLP") struct OTLPNotationTests {
  static func random(_ generator: inout SeededGenerator) -> [ExportedRecord] {
    (0..<generator.below(6)).map { _ in
      var record = ExportedRecord.span([])
      record.span = "00000000000000a\(generator.below(4))"
      if generator.below(5) == 0 { record.trace = "" }
      record.severity = [0, 9, 13, 17, 21][generator.below(5)]
      record.moment += UInt64(generator.below(1000))
      let line = generator.below(3)
      let exception = ExportedRecord.exception.map {
        ($0.0, $0.1.replacing("line 7", with: "line 7\(line)"))
      }
      record.attributes = generator.below(2) == 0 ? exception : [("é\"\n", "\u{2028}ß")]
      record.events = (0..<generator.below(3)).map { _ in
        generator.below(3) == 0 ? ("note", []) : ("exception", exception)
      }
      return record
    }
  }

  /// How many outcomes there have to be.
  static func expected(_ records: [ExportedRecord], _ signal: OTLPSignal) -> Int {
    guard signal == .traces else { return records.count }
    return records.map { max(1, $0.events.count { $0.0 == "exception" }) }.reduce(0, +)
  }

  @Test(arguments: 0..<60)
  func `protobuf and JSON tell the same, and each record has one outcome`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let records = Self.random(&generator)
    for signal in OTLPSignal.allCases {
      let isLogs = signal == .logs
      let protobuf = try otlpReader.read(
        isLogs ? ExportedRecord.logs(records) : ExportedRecord.traces(records),
        signal: signal, format: .protobuf)
      let document =
        isLogs ? ExportedRecord.logsJSON(records) : ExportedRecord.tracesJSON(records)
      let json = try otlpReader.read(document.bytes(), signal: signal, format: .json)
      #expect(json.events == protobuf.events)
      #expect(json.occurrences.map(\.key) == protobuf.occurrences.map(\.key))
      for batch in [protobuf, json] {
        #expect(batch.records == Self.expected(records, signal))
        #expect(batch.refused == 0)
      }
      #expect(json.ignored == protobuf.ignored && json.repeated == protobuf.repeated)
    }
  }

  @Test func `JSON's identifiers are read in hexadecimal of either case, and in base64`() throws {
    for (trace, expected) in [
      (ExportedRecord.trace1.uppercased(), ExportedRecord.trace1),
      ("cvd2CaN8+/VQT64uGyTZ1g==", ExportedRecord.trace1), ("no", nil),
      ("zzf77609a37cfbf5504fae2e1b24d9d6", nil),
    ] {
      var record = ExportedRecord.log()
      record.trace = trace
      let batch = try otlpReader.read(
        ExportedRecord.logsJSON([record]).bytes(), signal: .logs, format: .json)
      #expect(batch.events.first?.traceIdentifier == expected)
    }
  }

  @Test func `every kind of value keeps its type`() throws {
    let text = """
      {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":17,"attributes":[
        {"key":"exception.type","value":{"stringValue":"X"}},
        {"key":"v","value":{"kvlistValue":{"values":[
          {"key":"i","value":{"intValue":"9007199254740993"}},
          {"key":"d","value":{"doubleValue":2.5}},{"key":"b","value":{"boolValue":true}},
          {"key":"y","value":{"bytesValue":"AP8="}},{"key":"n","value":{}},
          {"key":"l","value":{"arrayValue":{"values":[{"intValue":1},{}]}}}]}}}]}]}]}]}
      """
    let batch = try otlpReader.read(Array(text.utf8), signal: .logs, format: .json)
    let expected = CapturedValue.map([
      MapEntry(key: .string("i"), value: .integer("9007199254740993")),
      MapEntry(key: .string("d"), value: .float(2.5)),
      MapEntry(key: .string("b"), value: .bool(true)),
      MapEntry(key: .string("y"), value: .bytes([0, 255], mutable: false)),
      MapEntry(key: .string("n"), value: .null),
      MapEntry(key: .string("l"), value: .list([.integer("1"), .null])),
    ])
    #expect(batch.events.first?.facts == [NamedValue("v", expected)])
  }

  @Test(arguments: [
    ("application/json", OTLPFormat.json), ("Application/JSON; charset=utf-8", .json),
    ("application/x-protobuf", .protobuf), ("text/plain", nil), ("", nil),
  ])
  func `the content type names the notation`(type: String, expected: OTLPFormat?) {
    #expect(OTLPFormat(contentType: type) == expected)
  }

  @Test func `all taken is answered with the empty message, and a part with how many were not`()
    throws
  {
    let whole = try otlpReader.read([], signal: .logs, format: .protobuf)
    #expect(OTLPAnswer(to: whole, signal: .logs, format: .protobuf).body == [])
    #expect(OTLPAnswer(to: whole, signal: .logs, format: .json).body == Array("{}".utf8))

    var bounds = OTLPReader.Bounds()
    bounds.failures = 0
    let strict = OTLPReader(language: otlpReader.language, bounds: bounds)
    for signal in OTLPSignal.allCases {
      let body =
        signal == .logs
        ? try ExportedRecord.logs([.log()])
        : try ExportedRecord.traces([.span([("exception", ExportedRecord.exception)])])
      let batch = try strict.read(body, signal: signal, format: .protobuf)
      #expect(batch.refused == 1)
      let member = signal == .logs ? "rejectedLogRecords" : "rejectedSpans"
      let json = try JSON(
        parsing: OTLPAnswer(to: batch, signal: signal, format: .json).body)
      #expect(json["partialSuccess"]?[member]?.text == "1")
      #expect(json["partialSuccess"]?["errorMessage"]?.text?.isEmpty == false)
      let answer = OTLPAnswer(to: batch, signal: signal, format: .protobuf)
      #expect(answer.contentType == "application/x-protobuf")
      let rejected =
        signal == .logs
        ? try Opentelemetry_Proto_Collector_Logs_V1_ExportLogsServiceResponse(
          serializedBytes: answer.body
        ).partialSuccess.rejectedLogRecords
        : try Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceResponse(
          serializedBytes: answer.body
        ).partialSuccess.rejectedSpans
      #expect(rejected == 1)
    }
  }
}

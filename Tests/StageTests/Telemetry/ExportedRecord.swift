import Foundation
import Interchange
import OpenTelemetry
import SwiftProtobuf

typealias AttributeValue = Opentelemetry_Proto_Common_V1_AnyValue

/// One record of an export, which can be written in both of OTLP's notations.
struct ExportedRecord {
  var trace = ""
  var span = ""
  var moment: UInt64 = 1_795_345_958_155_129_344
  var attributes: [(String, String)] = []
  /// Of a log record.
  var severity = 17
  var body = ""
  /// Of a span.
  var name = "price"
  var kind = 1
  /// A span's events: names and attributes.
  var events: [(String, [(String, String)])] = []

  static let traceback = """
    Traceback (most recent call last):
      File "/srv/shop/shop/orders.py", line 12, in total
        return price(order)
      File "/srv/shop/shop/pricing.py", line 7, in price
        return order.amount // order.count
    ZeroDivisionError: integer division or modulo by zero

    """
  static let exception = [
    ("exception.type", "ZeroDivisionError"),
    ("exception.message", "integer division or modulo by zero"),
    ("exception.stacktrace", traceback),
  ]
  static let trace1 = "72f77609a37cfbf5504fae2e1b24d9d6"
  static let span1 = "4c3bc665c1e0c415"

  static func log(_ attributes: [(String, String)] = exception) -> ExportedRecord {
    ExportedRecord(trace: trace1, span: span1, attributes: attributes, body: "failed")
  }

  static func span(_ events: [(String, [(String, String)])]) -> ExportedRecord {
    ExportedRecord(trace: trace1, span: span1, events: events)
  }
}

// MARK: protobuf

extension ExportedRecord {
  static func values(
    _ attributes: [(String, String)]
  ) -> [Opentelemetry_Proto_Common_V1_KeyValue] {
    attributes.map { name, text in
      .with {
        $0.key = name
        $0.value.stringValue = text
      }
    }
  }

  static func bytes(_ hexadecimal: String) -> Data {
    var digits = hexadecimal[...]
    var bytes = Data()
    while let byte = UInt8(digits.prefix(2), radix: 16) {
      bytes.append(byte)
      digits = digits.dropFirst(2)
    }
    return bytes
  }

  var log: Opentelemetry_Proto_Logs_V1_LogRecord {
    .with {
      $0.traceID = Self.bytes(trace)
      $0.spanID = Self.bytes(span)
      $0.timeUnixNano = moment
      $0.severityNumber = .init(rawValue: severity) ?? .unspecified
      $0.attributes = Self.values(attributes)
      if !body.isEmpty { $0.body.stringValue = body }
    }
  }

  var spanMessage: Opentelemetry_Proto_Trace_V1_Span {
    .with {
      $0.traceID = Self.bytes(trace)
      $0.spanID = Self.bytes(span)
      $0.name = name
      $0.kind = .init(rawValue: kind) ?? .unspecified
      $0.attributes = Self.values(attributes)
      $0.events = events.map { name, attributes in
        .with {
          $0.name = name
          $0.timeUnixNano = moment
          $0.attributes = Self.values(attributes)
        }
      }
    }
  }

  static func logs(
    _ records: [ExportedRecord], resource: [(String, String)] = []
  ) throws -> [UInt8] {
    try Opentelemetry_Proto_Collector_Logs_V1_ExportLogsServiceRequest.with {
      $0.resourceLogs = [
        .with {
          $0.resource.attributes = values(resource)
          $0.scopeLogs = [.with { $0.logRecords = records.map(\.log) }]
        }
      ]
    }.serializedBytes()
  }

  static func traces(
    _ records: [ExportedRecord], resource: [(String, String)] = []
  ) throws -> [UInt8] {
    try Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceRequest.with {
      $0.resourceSpans = [
        .with {
          $0.resource.attributes = values(resource)
          $0.scopeSpans = [.with { $0.spans = records.map(\.spanMessage) }]
        }
      ]
    }.serializedBytes()
  }
}

// MARK: JSON, as OTLP lays it down: hexadecimal identifiers, 64-bit numbers as texts, enumerations as numbers

extension ExportedRecord {
  static func json(_ attributes: [(String, String)]) -> JSON {
    .array(attributes.map { ["key": .string($0.0), "value": ["stringValue": .string($0.1)]] })
  }

  var logJSON: JSON {
    [
      "timeUnixNano": .string(String(moment)), "severityNumber": .integer(severity),
      "body": ["stringValue": .string(body)], "attributes": Self.json(attributes),
      "traceId": .string(trace), "spanId": .string(span), "later": ["of": [1, "no concern"]],
    ]
  }

  var spanJSON: JSON {
    [
      "traceId": .string(trace), "spanId": .string(span), "name": .string(name),
      "kind": .integer(kind), "attributes": Self.json(attributes),
      "events": .array(
        events.map {
          [
            "name": .string($0.0), "timeUnixNano": .string(String(moment)),
            "attributes": Self.json($0.1),
          ]
        }),
    ]
  }

  static func logsJSON(_ records: [ExportedRecord], resource: [(String, String)] = []) -> JSON {
    [
      "resourceLogs": [
        [
          "resource": ["attributes": json(resource)],
          "scopeLogs": [["scope": ["name": "x"], "logRecords": .array(records.map(\.logJSON))]],
        ]
      ]
    ]
  }

  static func tracesJSON(_ records: [ExportedRecord], resource: [(String, String)] = []) -> JSON {
    [
      "resourceSpans": [
        [
          "resource": ["attributes": json(resource)],
          "scopeSpans": [["spans": .array(records.map(\.spanJSON))]],
        ]
      ]
    ]
  }
}

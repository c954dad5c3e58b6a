import Failures
import Intake
import OpenTelemetry
import SwiftProtobuf

/// Reads OTLP/HTTP bodies: logs and traces, protobuf or JSON.
///
/// The body is hostile. A malformed one is one error and no failure; what is large or many is refused before it takes room.
public struct OTLPReader: Sendable {
  /// What a body may cost.
  public struct Bounds: Sendable {
    /// Bytes of a record of a protobuf body, and of its resource.
    public var recordSize = 1 << 20
    /// Objects and lists of a JSON body: each takes some hundred bytes once it is read.
    public var structures = 1 << 19
    /// Failures that are taken from one body.
    public var failures = 4096
    /// Messages in messages: values in values take two each.
    public var depth = 100
    /// Bytes of a stack's text, of which the end is kept: it is what names the failure.
    public var stackSize = 64 << 10

    public init() {}
  }

  public let language: StackLanguage
  let bounds: Bounds

  public init(language: StackLanguage, bounds: Bounds = Bounds()) {
    self.language = language
    self.bounds = bounds
  }

  /// Reads a body that has been inflated.
  public func read(
    _ body: [UInt8], signal: OTLPSignal, format: OTLPFormat
  ) throws(IntakeError) -> OTLPBatch {
    var gathering = Gathering(reader: self, format: format)
    switch format {
    case .protobuf: try gatherSlices(of: body, signal, &gathering)
    case .json: try gatherDocument(body, signal, &gathering)
    }
    return gathering.batch
  }

  // MARK: protobuf

  /// A record at a time, so that a body of empty records takes no room but its own.
  private func gatherSlices(
    of body: [UInt8], _ signal: OTLPSignal, _ gathering: inout Gathering
  ) throws(IntakeError) {
    try RecordSlices(body).visit { (resource, record) throws(IntakeError) in
      // The name of the attribute stands in the bytes as it is: spans without it need not be read.
      if signal == .traces, !Self.mentionsException(record) { return gathering.ignore() }
      guard max(record.count, resource.size) <= bounds.recordSize else {
        return gathering.refuse()
      }
      let origin = try resource.reading { (bytes) throws(IntakeError) in
        ResourceReading(try decoded(bytes) as Opentelemetry_Proto_Resource_V1_Resource)
      }
      switch signal {
      case .logs: gathering.take(log: try decoded(record), from: origin)
      case .traces: gathering.take(span: try decoded(record), from: origin)
      }
    }
  }

  private func decoded<Record: Message>(
    _ bytes: ArraySlice<UInt8>
  ) throws(IntakeError) -> Record {
    var options = BinaryDecodingOptions()
    options.messageDepthLimit = bounds.depth
    options.discardUnknownFields = true
    do {
      return try Record(serializedBytes: Array(bytes), options: options)
    } catch {
      throw .malformedExport(format: "protobuf")
    }
  }

  private static let mark = Array("exception".utf8)

  /// Whether `exception.` stands anywhere; points are rarer than letters.
  private static func mentionsException(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      bytes.indices.contains { at in
        bytes[at] == UInt8(ascii: ".") && at >= mark.count
          && bytes[(at - mark.count)..<at].elementsEqual(mark)
      }
    }
  }

  // MARK: JSON

  private func gatherDocument(
    _ body: [UInt8], _ signal: OTLPSignal, _ gathering: inout Gathering
  ) throws(IntakeError) {
    let opening = body.count { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
    guard opening <= bounds.structures else { throw .malformedExport(format: "JSON") }
    var options = JSONDecodingOptions()
    options.messageDepthLimit = bounds.depth
    options.ignoreUnknownFields = true
    do {
      switch signal {
      case .logs:
        let request = try Opentelemetry_Proto_Collector_Logs_V1_ExportLogsServiceRequest(
          jsonUTF8Bytes: body, options: options)
        for part in request.resourceLogs {
          let origin = ResourceReading(part.resource)
          for log in part.scopeLogs.lazy.flatMap(\.logRecords) {
            gathering.take(log: log, from: origin)
          }
        }
      case .traces:
        let request = try Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceRequest(
          jsonUTF8Bytes: body, options: options)
        for part in request.resourceSpans {
          let origin = ResourceReading(part.resource)
          for span in part.scopeSpans.lazy.flatMap(\.spans) {
            gathering.take(span: span, from: origin)
          }
        }
      }
    } catch {
      throw .malformedExport(format: "JSON")
    }
  }
}

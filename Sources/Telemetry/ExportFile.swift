import Failures
import Foundation
import Intake
import Interchange

/// An OTLP JSON export in a file: one request, or one a line, as collectors and file exporters write them.
public struct ExportFile: Sendable {
  private let reader: OTLPReader

  public init(reader: OTLPReader) { self.reader = reader }

  /// The newest failure; `nil` where the bytes are no such export at all.
  public func newest(in bytes: [UInt8]) throws(IntakeError) -> FailureEvent? {
    guard let requests = Self.requests(in: bytes) else { return nil }
    var newest: FailureEvent?
    var records = 0
    for request in requests {
      for signal in OTLPSignal.allCases where request.signals.contains(signal) {
        let batch = try reader.read(request.body, signal: signal, format: .json)
        records += batch.records
        for event in batch.events where Self.isNewer(event, than: newest) { newest = event }
      }
    }
    guard let newest else { throw .noFailure(records: records) }
    return newest
  }

  /// Of equal times the later one of the file is the newer.
  private static func isNewer(_ event: FailureEvent, than other: FailureEvent?) -> Bool {
    guard let other else { return true }
    return (event.timestamp ?? .distantPast) >= (other.timestamp ?? .distantPast)
  }

  private struct Request {
    var body: [UInt8]
    var signals: Set<OTLPSignal>
  }

  /// The whole file, or its lines; a last line that is cut off is left out, as its writer may still be at it.
  private static func requests(in bytes: [UInt8]) -> [Request]? {
    guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return nil }
    if let whole = request(bytes[...]) { return [whole] }
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard let first = lines.first, request(first) != nil else { return nil }
    return lines.compactMap(request)
  }

  private static func request(_ bytes: ArraySlice<UInt8>) -> Request? {
    let body = Array(bytes)
    guard let root = try? JSON(parsing: body) else { return nil }
    var signals: Set<OTLPSignal> = []
    if root["resourceLogs"]?.items != nil { signals.insert(.logs) }
    if root["resourceSpans"]?.items != nil { signals.insert(.traces) }
    return signals.isEmpty ? nil : Request(body: body, signals: signals)
  }
}

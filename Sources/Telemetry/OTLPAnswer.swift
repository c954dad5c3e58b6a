import OpenTelemetry
import SwiftProtobuf

/// What a sender is answered, in the notation that it asked in.
public struct OTLPAnswer: Sendable, Equatable {
  public var body: [UInt8]
  public var contentType: String

  /// All of a body was taken: the empty message.
  public static func success(_ format: OTLPFormat) -> OTLPAnswer {
    OTLPAnswer(body: format == .json ? Array("{}".utf8) : [], contentType: format.contentType)
  }

  /// Success, or a partial one where records were refused; senders do not repeat these.
  public init(to batch: OTLPBatch, signal: OTLPSignal, format: OTLPFormat) {
    guard batch.refused > 0 else {
      self = .success(format)
      return
    }
    let rejected = Int64(batch.refused)
    let reason = "too large, or too many failures in one body"
    switch signal {
    case .logs:
      self.init(
        Opentelemetry_Proto_Collector_Logs_V1_ExportLogsServiceResponse.with {
          $0.partialSuccess.rejectedLogRecords = rejected
          $0.partialSuccess.errorMessage = reason
        }, format)
    case .traces:
      self.init(
        Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceResponse.with {
          $0.partialSuccess.rejectedSpans = rejected
          $0.partialSuccess.errorMessage = reason
        }, format)
    }
  }

  private init(body: [UInt8], contentType: String) {
    self.body = body
    self.contentType = contentType
  }

  /// These messages hold numbers and texts of ours only, which both notations can write.
  private init(_ message: some Message, _ format: OTLPFormat) {
    let body: [UInt8]? =
      switch format {
      case .protobuf: try? message.serializedBytes()
      case .json: try? message.jsonUTF8Bytes()
      }
    self.init(body: body ?? [], contentType: format.contentType)
  }
}

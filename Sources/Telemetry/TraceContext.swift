import Failures
import Foundation
import Intake

/// Where in a trace a failure was recorded; absent identifiers are `nil`.
struct TraceContext {
  let trace: String?
  let span: String?

  init(trace: Data, span: Data, format: OTLPFormat) {
    self.trace = Self.identifier(trace, size: 16, format)
    self.span = Self.identifier(span, size: 8, format)
  }

  /// OTLP's JSON writes identifiers in hexadecimal, where protobuf's own mapping has base64: what was read as the one is
  /// written back, and is the other. Some senders keep to protobuf's; the length tells.
  private static func identifier(_ bytes: Data, size: Int, _ format: OTLPFormat) -> String? {
    if bytes.count == size {
      guard bytes.contains(where: { $0 != 0 }) else { return nil }
      return bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
    guard format == .json, bytes.count * 4 == size * 2 * 3 else { return nil }
    let text = bytes.base64EncodedString().lowercased()
    guard text.allSatisfy(\.isHexDigit), text.contains(where: { $0 != "0" }) else { return nil }
    return text
  }

  /// The same raising of an exception: type and place in one span. Where it was raised is a part of it, since a span may meet
  /// two failures of a type.
  func key(of event: FailureEvent) -> String? {
    guard let trace, let span, let exception = event.exception else { return nil }
    let place = exception.frames.last.map { "\($0.file):\($0.line)" } ?? ""
    return [trace, span, exception.type, place].joined(separator: " ")
  }

  /// The same record always gets the same name, so that a body that is sent again adds nothing.
  func identifier(of event: FailureEvent, moment: UInt64) -> String {
    let exception = event.exception
    var parts = [
      trace ?? "", span ?? "", String(moment), exception?.type ?? "", exception?.message ?? "",
      event.message ?? "",
    ]
    parts += (exception?.frames ?? []).map { "\($0.file):\($0.line):\($0.function)" }
    return EventReader.identifier(of: Array(parts.joined(separator: "\u{0}").utf8))
  }
}

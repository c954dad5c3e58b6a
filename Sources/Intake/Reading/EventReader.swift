import Crypto
import Failures
import Foundation
import Interchange

/// Bytes as a sender or a person gives them, read as an event: all of it, or one error.
public struct EventReader: Sendable {
  /// The most bytes an event may have, before and after decompression.
  public static let standardLimit = 64 << 20

  private let readValue: @Sendable (String) -> CapturedValue
  private let sizeLimit: Int

  /// `readValue` turns one leaf of a frame's variables, in the notation of the sender's language, into a value.
  public init(
    sizeLimit: Int = EventReader.standardLimit,
    readValue: @escaping @Sendable (String) -> CapturedValue
  ) {
    self.sizeLimit = sizeLimit
    self.readValue = readValue
  }

  /// Reads a Sentry envelope, an event of any age, or the JSON of Sentry's page or API, compressed or not.
  ///
  /// Frames have no origin yet, and nothing is scrubbed.
  public func read(_ bytes: [UInt8]) throws(IntakeError) -> FailureEvent {
    guard bytes.count <= sizeLimit else { throw .tooLarge(limit: sizeLimit) }
    let plain = Self.withoutMark(try Inflation.inflated(bytes, limit: sizeLimit))
    guard plain.contains(where: { $0 > 0x20 }) else { throw .empty }
    var event: JSON
    var header: JSON?
    if let envelope = try Envelope(plain) {
      (event, header) = (envelope.event, envelope.header)
    } else {
      do throws(JSONError) {
        event = try JSON(parsing: plain)
      } catch {
        throw .notJSON(error)
      }
    }
    if IssueEvent.recognises(event) { event = IssueEvent.asEvent(event) }
    guard EventDecoding.recognises(event) else { throw .notAnEvent }
    let values = ValueReading(readLeaf: readValue)
    var decoded = try EventDecoding(event: event, values: values).event()
    if decoded.identifier.isEmpty {
      decoded.identifier = header?["event_id"]?.text ?? Self.identifier(of: plain)
    }
    return decoded
  }

  /// What an event without an identifier is called: the same bytes always get the same name.
  private static func identifier(of bytes: [UInt8]) -> String {
    String(SHA256.hash(data: bytes).hexadecimal.prefix(32))
  }

  /// Without the byte-order mark that some editors put before UTF-8.
  private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }
}

extension Sequence<UInt8> {
  /// Two lower-case digits a byte.
  var hexadecimal: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

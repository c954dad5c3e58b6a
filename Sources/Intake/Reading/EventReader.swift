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
  private let standardTypes: [String: String]

  /// `readValue` turns one leaf of a frame's variables, in the notation of the sender's language, into a value;
  /// `standardTypes` are the language's names of the types that snapshots have words for.
  public init(
    sizeLimit: Int = EventReader.standardLimit, standardTypes: [String: String] = [:],
    readValue: @escaping @Sendable (String) -> CapturedValue
  ) {
    self.standardTypes = standardTypes
    self.sizeLimit = sizeLimit
    self.readValue = readValue
  }

  /// Reads a Sentry envelope, an event of any age, the JSON of Sentry's page or API, or the probe's own snapshot, compressed
  /// or not.
  ///
  /// Frames have no origin yet, and nothing is scrubbed.
  public func read(_ bytes: [UInt8]) throws(IntakeError) -> FailureEvent {
    guard bytes.count <= sizeLimit else { throw .tooLarge(limit: sizeLimit) }
    let plain = Self.withoutMark(try Inflation.inflated(bytes, limit: sizeLimit))
    guard plain.contains(where: { $0 > 0x20 }) else { throw .empty }
    var event: JSON
    var header: JSON?
    var snapshot: [UInt8]?
    if let envelope = try Envelope(plain) {
      (event, header, snapshot) = (envelope.event, envelope.header, envelope.snapshot)
    } else {
      do throws(JSONError) {
        event = try JSON(parsing: plain)
      } catch {
        throw .notJSON(error)
      }
    }
    if var alone = SnapshotDecoding(event, standardTypes: standardTypes) {
      var decoded = alone.event()
      if decoded.identifier.isEmpty { decoded.identifier = Self.identifier(of: plain) }
      return decoded
    }
    if IssueEvent.recognises(event) { event = IssueEvent.asEvent(event) }
    guard EventDecoding.recognises(event) else { throw .notAnEvent }
    let values = ValueReading(readLeaf: readValue)
    var decoded = try EventDecoding(event: event, values: values).event()
    if decoded.identifier.isEmpty {
      decoded.identifier = header?["event_id"]?.text ?? Self.identifier(of: plain)
    }
    return try snapshot.map { (bytes) throws(IntakeError) in try completed(decoded, bytes) }
      ?? decoded
  }

  /// With what the probe attached. A snapshot that cannot be read leaves the event as it is: it is whole without.
  private func completed(
    _ event: FailureEvent, _ bytes: [UInt8]
  ) throws(IntakeError) -> FailureEvent {
    guard let plain = try? Inflation.inflated(bytes, limit: sizeLimit),
      let json = try? JSON(parsing: plain),
      var snapshot = SnapshotDecoding(json, standardTypes: standardTypes)
    else { return event }
    return snapshot.complete(event)
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

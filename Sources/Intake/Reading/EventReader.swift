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
  private let readStack: @Sendable (String) -> [ExceptionRecord]

  /// `readValue` turns one leaf of a frame's variables, in the notation of the sender's language, into a value;
  /// `standardTypes` are the language's names of the types that snapshots have words for; `readStack` reads its own text of a
  /// stack, as it stands in logs.
  public init(
    sizeLimit: Int = EventReader.standardLimit, standardTypes: [String: String] = [:],
    readStack: @escaping @Sendable (String) -> [ExceptionRecord] = { _ in [] },
    readValue: @escaping @Sendable (String) -> CapturedValue
  ) {
    self.standardTypes = standardTypes
    self.readStack = readStack
    self.sizeLimit = sizeLimit
    self.readValue = readValue
  }

  /// Reads a Sentry envelope, an event of any age, the JSON of Sentry's page or API, the probe's own snapshot, or the newest
  /// failure of a log, compressed or not.
  ///
  /// Frames have no origin yet, and nothing is scrubbed.
  public func read(_ bytes: [UInt8]) throws(IntakeError) -> FailureEvent {
    guard bytes.count <= sizeLimit else { throw .tooLarge(limit: sizeLimit) }
    let plain = Self.withoutMark(try Inflation.inflated(bytes, limit: sizeLimit))
    guard plain.contains(where: { $0 > 0x20 }) else { throw .empty }
    let log = log
    var event: FailureEvent
    do throws(IntakeError) {
      event = try self.event(plain, log)
    } catch {
      // What is no event may be a log; where it is none either, the first objection is the one that helps.
      guard let told = log.event(in: plain) else { throw error }
      event = told
    }
    if event.identifier.isEmpty { event.identifier = Self.identifier(of: plain) }
    return event
  }

  /// Reads a log that comes line by line.
  public func lines() -> LogReader { LogReader(log: log) }

  private var log: LogFile {
    LogFile(
      standardTypes: standardTypes, readStack: readStack, values: ValueReading(readLeaf: readValue))
  }

  private func event(_ plain: [UInt8], _ log: LogFile) throws(IntakeError) -> FailureEvent {
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
    if var alone = SnapshotDecoding(event, standardTypes: standardTypes) { return alone.event() }
    if IssueEvent.recognises(event) { event = IssueEvent.asEvent(event) }
    let isSentry = event["exception"]?["values"] != nil || event["event_id"] != nil
    if !isSentry, let told = log.event(of: event) { return told }
    guard EventDecoding.recognises(event) else { throw .notAnEvent }
    let values = ValueReading(readLeaf: readValue)
    var decoded = try EventDecoding(event: event, values: values).event()
    if decoded.identifier.isEmpty { decoded.identifier = header?["event_id"]?.text ?? "" }
    guard let snapshot else { return decoded }
    return completed(decoded, snapshot)
  }

  /// With what the probe attached. A snapshot that cannot be read leaves the event as it is: it is whole without.
  private func completed(
    _ event: FailureEvent, _ bytes: [UInt8]
  ) -> FailureEvent {
    guard let plain = try? Inflation.inflated(bytes, limit: sizeLimit),
      let json = try? JSON(parsing: plain),
      var snapshot = SnapshotDecoding(json, standardTypes: standardTypes)
    else { return event }
    return snapshot.complete(event)
  }

  /// What an event without an identifier is called: the same bytes always get the same name.
  public static func identifier(of bytes: [UInt8]) -> String {
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

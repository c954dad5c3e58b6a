import Failures
import Foundation
import Interchange

/// The newest failure in a log: of lines of JSON, or of plain text with stacks in it.
struct LogFile: Sendable {
  let standardTypes: [String: String]
  let readStack: @Sendable (String) -> [ExceptionRecord]
  let values: ValueReading

  /// `nil` where nothing in the bytes tells of a failure.
  func event(in bytes: [UInt8]) -> FailureEvent? {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    for line in lines.reversed() where Self.looksLikeObject(line) {
      guard let root = try? JSON(parsing: Array(line)) else { continue }
      if let event = event(of: root) { return event }
    }
    let exceptions = readStack(String(decoding: bytes, as: UTF8.self))
    guard !exceptions.isEmpty else { return nil }
    return FailureEvent(identifier: "", platform: "python", exceptions: exceptions)
  }

  /// The failure that one record tells of, with the probe's snapshot where it holds one.
  func event(of root: JSON) -> FailureEvent? {
    let told = LogLine(root: root, readStack: readStack, values: values).event()
    guard var snapshot = snapshot(in: root) else { return told }
    guard let told else { return snapshot.event() }
    return snapshot.complete(told)
  }

  /// With the probe's snapshot and what else it wrote in a line of its own behind a stack.
  func completed(_ told: FailureEvent, with root: JSON) -> FailureEvent {
    let line = LogLine(root: root, readStack: readStack, values: values)
    var event = line.completed(told)
    if var snapshot = snapshot(in: root) { event = snapshot.complete(event) }
    return event
  }

  /// In line, or packed.
  private func snapshot(in root: JSON) -> SnapshotDecoding? {
    guard let member = root["snapshot"] ?? root["nevermore"]?["snapshot"] else { return nil }
    if member.members != nil { return SnapshotDecoding(member, standardTypes: standardTypes) }
    guard let packed = member.text.flatMap({ Data(base64Encoded: $0) }),
      let plain = try? Inflation.inflated(Array(packed), limit: EventReader.standardLimit),
      let json = try? JSON(parsing: plain)
    else { return nil }
    return SnapshotDecoding(json, standardTypes: standardTypes)
  }

  private static func looksLikeObject(_ line: ArraySlice<UInt8>) -> Bool {
    line.first { $0 > 0x20 } == UInt8(ascii: "{")
  }
}

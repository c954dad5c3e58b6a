import Foundation
import Interchange

/// Texts as they may stand in something stored: as they are, escaped once or twice, in base 64, in hexadecimal digits.
///
/// Law: whatever the case of the letters. What is shorter than three characters stands everywhere, and is not looked for.
public struct ValueTraces: Sendable {
  public static let shortest = 3

  /// By the two first bytes, so that most places are left at once.
  private var starting: [UInt16: [[UInt8]]] = [:]

  public init(of texts: Set<String>) {
    var traces: Set<[UInt8]> = []
    for text in texts where text.count >= Self.shortest {
      let bytes = Array(text.utf8)
      let once = Self.escaped(text)
      traces.formUnion([bytes, once, Self.escaped(String(decoding: once, as: UTF8.self))])
      traces.insert(Array(bytes.hexadecimal.utf8))
      traces.formUnion((0..<3).map { LeakCheck.packed(bytes, before: $0) })
    }
    for trace in traces.map({ $0.map(Self.folded) }) where trace.count >= Self.shortest {
      starting[Self.start(trace[0], trace[1]), default: []].append(trace)
    }
  }

  /// Whether one of them stands in it.
  public func stand(in bytes: [UInt8]) -> Bool {
    let text = bytes.map(Self.folded)
    guard text.count >= Self.shortest else { return false }
    for place in 0..<(text.count - 1) {
      guard let traces = starting[Self.start(text[place], text[place + 1])] else { continue }
      if traces.contains(where: { text[place...].starts(with: $0) }) { return true }
    }
    return false
  }

  private static func start(_ first: UInt8, _ second: UInt8) -> UInt16 {
    UInt16(first) << 8 | UInt16(second)
  }

  /// The bytes between the quotes of a JSON string.
  private static func escaped(_ text: String) -> [UInt8] {
    Array(JSON.string(text).bytes().dropFirst().dropLast())
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    (65...90).contains(byte) ? byte + 32 : byte
  }
}

/// What was taken out of an event: kept in memory alone, to look for it in everything that leaves.
public struct ScrubLedger: Sendable {
  /// Secrets as they were, with what stands for them.
  private(set) var originals: [(text: [UInt8], kind: String, place: String, given: [UInt8])] = []
  /// What was put in their places.
  var given: Set<[UInt8]> = []

  public init() {}

  public var isEmpty: Bool { originals.isEmpty }

  mutating func add(_ secrets: [TextPass.Candidate], by disguise: Disguise) {
    var seen = Set(originals.map(\.text))
    for secret in secrets where seen.insert(secret.text).inserted {
      originals.append(
        (secret.text, secret.kind, secret.place, disguise.covered(secret.text, form: secret.form)))
    }
  }

  /// A text with one word for all that was put in it.
  func masked(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var copied = 0
    for place in KnownSecrets(given: given).occurrences(in: bytes) {
      result += bytes[copied..<place.range.lowerBound] + Array("redacted".utf8)
      copied = place.range.upperBound
    }
    return String(decoding: result + bytes[copied...], as: UTF8.self)
  }
}

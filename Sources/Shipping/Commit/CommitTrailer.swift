/// One line `Key: value` at the end of a commit message, as `git interpret-trailers` reads it.
struct CommitTrailer: Sendable, Hashable {
  enum Key: String, CaseIterable, Sendable {
    case failure = "Failure"
    case signature = "Signature"
    case reproduction = "Reproduction"
    case verdict = "Verdict"
    case origin = "Origin"
    case part = "Part"
  }

  var key: Key
  var value: String

  /// The value becomes one line without references; an empty one is said to be unknown, because a
  /// trailer needs one.
  init(_ key: Key, _ value: String) {
    self.key = key
    let line = InertText.plain(value, limit: 240)
    self.value = line.isEmpty ? "unknown" : line
  }

  var text: String { "\(key.rawValue): \(value)" }

  /// The trailers of a message that is all ours: lines of its last paragraph.
  static func all(in message: String) -> [String] {
    let paragraph = message.split(separator: "\n", omittingEmptySubsequences: false)
      .reversed().drop { $0.isEmpty }.prefix { !$0.isEmpty }
    return paragraph.reversed().map(String.init)
  }
}

import Failures

/// Smaller values that may stand for a text or a number, and the pieces of a long text.
enum Scalars {
  /// The smallest first; nothing for what is small, or says something by its kind alone.
  static func simpler(than value: CapturedValue) -> [CapturedValue] {
    switch value {
    case .integer(let digits): return integers(below: digits)
    case .float(let number) where number.isFinite:
      let small: [CapturedValue] = [
        .integer("0"), .integer("1"), .integer(number < 0 ? "-1" : "2"), .float(0.5),
        .float(number < 0 ? -0.5 : 1.5),
      ]
      return small.filter { isSmaller($0, value) }
    case .string(let text) where !text.isEmpty:
      let first = String(text.prefix(1))
      return [.string(""), .string(first), .string("a")].filter { isSmaller($0, value) }
    case .bytes(let bytes, let mutable) where !bytes.isEmpty:
      return [.bytes([], mutable: mutable)]
    default: return []
    }
  }

  private static func integers(below digits: String) -> [CapturedValue] {
    let sign = digits.hasPrefix("-") ? "-" : ""
    let leading = sign + digits.drop { $0 == "-" }.prefix(1)
    let half = String(digits.prefix((digits.count + 1) / 2))
    return (["0", "1", sign.isEmpty ? "2" : "-1", leading, half] as [String]).map {
      CapturedValue.integer($0)
    }.filter { isSmaller($0, .integer(digits)) }
  }

  private static func isSmaller(_ value: CapturedValue, _ other: CapturedValue) -> Bool {
    Canonical(.value(value)) < Canonical(.value(other))
  }

  /// Lines, else words, else characters; at most 64 of them.
  static func pieces(of value: CapturedValue) -> [String] {
    guard case .string(let text) = value, text.count > 1 else { return [] }
    let lines = split(text, after: \.isNewline)
    if lines.count > 1 { return gathered(lines) }
    let words = split(text, after: \.isWhitespace)
    return gathered(words.count > 1 ? words : text.map(String.init))
  }

  static func joined(_ pieces: [String], like value: CapturedValue) -> CapturedValue {
    .string(pieces.joined())
  }

  private static func split(_ text: String, after isEnd: (Character) -> Bool) -> [String] {
    var pieces: [String] = []
    var piece = ""
    for character in text {
      piece.append(character)
      if isEnd(character) {
        pieces.append(piece)
        piece = ""
      }
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }

  private static func gathered(_ pieces: [String]) -> [String] {
    let each = (pieces.count + 63) / 64
    return stride(from: 0, to: pieces.count, by: each).map {
      pieces[$0..<min($0 + each, pieces.count)].joined()
    }
  }
}

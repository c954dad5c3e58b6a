extension SecretFinds {
  /// A kind of token that can be told by its look alone.
  private struct Shape {
    let prefix: StaticString
    let minimum: Int
    /// What may stand in it besides letters and digits.
    let marks: StaticString
  }

  private static let shapes: [Shape] = [
    Shape(prefix: "AKIA", minimum: 16, marks: ""),
    Shape(prefix: "ASIA", minimum: 16, marks: ""),
    Shape(prefix: "ghp_", minimum: 20, marks: ""),
    Shape(prefix: "gho_", minimum: 20, marks: ""),
    Shape(prefix: "ghu_", minimum: 20, marks: ""),
    Shape(prefix: "ghs_", minimum: 20, marks: ""),
    Shape(prefix: "ghr_", minimum: 20, marks: ""),
    Shape(prefix: "github_pat_", minimum: 20, marks: "_"),
    Shape(prefix: "glpat-", minimum: 16, marks: "-_"),
    Shape(prefix: "xoxa-", minimum: 8, marks: "-"),
    Shape(prefix: "xoxb-", minimum: 8, marks: "-"),
    Shape(prefix: "xoxp-", minimum: 8, marks: "-"),
    Shape(prefix: "xoxr-", minimum: 8, marks: "-"),
    Shape(prefix: "xoxs-", minimum: 8, marks: "-"),
    Shape(prefix: "sk_live_", minimum: 16, marks: "_"),
    Shape(prefix: "sk_test_", minimum: 16, marks: "_"),
    Shape(prefix: "rk_live_", minimum: 16, marks: "_"),
    Shape(prefix: "sk-", minimum: 32, marks: "-_"),
    Shape(prefix: "AIza", minimum: 35, marks: "-_"),
  ]

  private static let bearer: StaticString = "bearer "

  /// Tokens of well-known makers, JSON web tokens, and what follows the word Bearer.
  static func tokens(_ bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var position = 0
    var wordEnd = 0
    while position < bytes.count {
      let isStart =
        position == 0 || !(bytes[position - 1].isAlphanumeric || bytes[position - 1] == 95)
      if isStart, let range = token(bytes, at: position, wordEnd: &wordEnd) {
        ranges.append(range)
        position = range.upperBound
      } else {
        position += 1
      }
    }
    return ranges
  }

  /// `wordEnd` is where the word ends that was found to begin no web token: none of its parts is looked at again.
  private static func token(
    _ bytes: [UInt8], at start: Int, wordEnd: inout Int
  ) -> Range<Int>? {
    switch bytes[start] {
    case UInt8(ascii: "A"), UInt8(ascii: "g"), UInt8(ascii: "x"), UInt8(ascii: "s"),
      UInt8(ascii: "r"):
      return shapes.lazy.compactMap { range(of: $0, in: bytes, at: start) }.first
    case UInt8(ascii: "e"): return webToken(bytes, at: start, wordEnd: &wordEnd)
    case UInt8(ascii: "B"), UInt8(ascii: "b"): return bearerToken(bytes, at: start)
    default: return nil
    }
  }

  private static func range(of shape: Shape, in bytes: [UInt8], at start: Int) -> Range<Int>? {
    guard bytes.has(shape.prefix, at: start) else { return nil }
    let end = bytes.end(from: start + shape.prefix.utf8CodeUnitCount, marks: shape.marks)
    return end - start - shape.prefix.utf8CodeUnitCount >= shape.minimum ? start..<end : nil
  }

  /// Three parts joined by dots, the first two of which begin as `{"` does in base 64.
  private static func webToken(
    _ bytes: [UInt8], at start: Int, wordEnd: inout Int
  ) -> Range<Int>? {
    guard start >= wordEnd, bytes.has("eyJ", at: start) else { return nil }
    let header = bytes.end(from: start, marks: "-_")
    wordEnd = header
    guard header - start >= 8, bytes.has(".eyJ", at: header) else { return nil }
    let claims = bytes.end(from: header + 1, marks: "-_")
    guard claims < bytes.count, bytes[claims] == UInt8(ascii: ".") else { return start..<claims }
    return start..<bytes.end(from: claims + 1, marks: "-_")
  }

  /// Prose about bearers has no digits in the next word, or is short.
  private static func bearerToken(_ bytes: [UInt8], at start: Int) -> Range<Int>? {
    let first = start + bearer.utf8CodeUnitCount
    guard first < bytes.count,
      (start..<first).allSatisfy({ bytes[$0] | 0x20 == bearer.utf8Start[$0 - start] })
    else { return nil }
    let end = bytes.end(from: first, marks: "-_.~+/=")
    let token = bytes[first..<end]
    guard token.count >= 8, token.count >= 24 || token.contains(where: \.isDigit) else {
      return nil
    }
    return first..<end
  }
}

extension [UInt8] {
  fileprivate func has(_ text: StaticString, at start: Int) -> Bool {
    start + text.utf8CodeUnitCount <= count
      && (0..<text.utf8CodeUnitCount).allSatisfy { self[start + $0] == text.utf8Start[$0] }
  }

  /// Where a word of ASCII letters, digits and the given marks ends.
  fileprivate func end(from start: Int, marks: StaticString) -> Int {
    let marks = UnsafeBufferPointer(start: marks.utf8Start, count: marks.utf8CodeUnitCount)
    return self[start...].firstIndex {
      $0 >= 0x80 || !$0.isAlphanumeric && !marks.contains($0)
    } ?? count
  }
}

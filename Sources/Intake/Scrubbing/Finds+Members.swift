extension Finds {
  /// JSON five times inside JSON; more backslashes are nobody's escaping.
  private static let deepestEscapes = 31

  /// String values under secret keys in JSON or in a printed map, at any depth, cut off or escaped inside another string.
  ///
  /// Only strings are replaced: a number or `null` under such a key is structure.
  mutating func findMembers(_ bytes: [UInt8], names: SecretNames) {
    var position = 0
    while let colon = bytes[position...].firstIndex(of: UInt8(ascii: ":")) {
      position = colon + 1
      guard let key = Self.quotedKey(bytes, before: colon),
        let kind = names.kind(bytes: bytes[key.content])
      else { continue }
      let found = Self.strings(bytes, from: position, escapes: key.escapes)
      named += found.ranges.filter { !$0.isEmpty }.map { ($0, kind) }
      position = found.end
    }
  }

  /// The quoted key that ends before a colon, and how many backslashes stand before its quotes.
  private static func quotedKey(
    _ bytes: [UInt8], before colon: Int
  ) -> (content: Range<Int>, escapes: Int)? {
    var position = colon - 1
    while position >= 0, bytes[position].isSpace { position -= 1 }
    guard position > 0, bytes[position].isQuote else { return nil }
    let quote = bytes[position]
    let escapes = bytes.backslashes(before: position)
    guard escapes <= deepestEscapes else { return nil }
    let end = position - escapes
    var start = end
    while start > 0, end - start < 128, bytes[start - 1] != quote, bytes[start - 1] >= 0x20,
      bytes[start - 1] != UInt8(ascii: "\\")
    {
      start -= 1
    }
    // The backslashes before the opening quote stand before it, the quote itself right before the content.
    guard start > 0, bytes[start - 1] == quote else { return nil }
    return bytes.backslashes(before: start - 1) == escapes ? (start..<end, escapes) : nil
  }

  /// The string that stands at a position, or all strings inside the brackets that do; keys of maps are left.
  private static func strings(
    _ bytes: [UInt8], from start: Int, escapes: Int
  ) -> (ranges: [Range<Int>], end: Int) {
    var ranges: [Range<Int>] = []
    var position = start
    var depth = 0
    while position < bytes.count {
      let byte = bytes[position]
      if let opening = openingQuote(bytes, at: position, escapes: escapes) {
        let content = quoted(bytes, from: opening, escapes: escapes)
        let end = min(content.upperBound + escapes + 1, bytes.count)
        let isKey = depth > 0 && followedByColon(bytes, from: end)
        if !isKey { ranges.append(content) }
        position = end
        if depth == 0 { return (ranges, position) }
      } else if "[{(".utf8.contains(byte) {
        depth += 1
        position += 1
      } else if "]})".utf8.contains(byte) {
        depth -= 1
        if depth < 0 { return (ranges, position) }
        position += 1
        if depth == 0 { return (ranges, position) }
      } else if depth == 0, !byte.isSpace, !isPrefix(bytes, at: position, escapes: escapes) {
        return (ranges, position)
      } else {
        position += 1
      }
    }
    return (ranges, position)
  }

  private static func openingQuote(_ bytes: [UInt8], at position: Int, escapes: Int) -> Int? {
    let quote = position + escapes
    guard quote < bytes.count, bytes[quote].isQuote,
      bytes[position..<quote].allSatisfy({ $0 == UInt8(ascii: "\\") })
    else { return nil }
    return quote
  }

  /// A letter before a quote that says which sort of string follows.
  private static func isPrefix(_ bytes: [UInt8], at position: Int, escapes: Int) -> Bool {
    bytes[position].isLower && openingQuote(bytes, at: position + 1, escapes: escapes) != nil
  }

  private static func followedByColon(_ bytes: [UInt8], from start: Int) -> Bool {
    bytes[start...].first { !$0.isSpace } == UInt8(ascii: ":")
  }
}

/// What a secret value has in common with every other of its kind: names of schemes, keys of JSON, attributes of cookies.
enum Structure {
  /// For each byte, whether it stays.
  static func of(_ text: [UInt8], kind: String) -> [Bool] {
    var isKept = [Bool](repeating: false, count: text.count)
    let words = String(decoding: text.prefix(40), as: UTF8.self).lowercased()
    if constants.contains(words) { return isKept.map { _ in true } }
    for scheme in schemes where words.hasPrefix(scheme) {
      keep(0..<scheme.utf8.count, in: &isKept)
    }
    if let mark = text.firstRange(of: "://"), mark < 12, text[..<mark].allSatisfy(\.isAlphanumeric)
    {
      keep(0..<mark, in: &isKept)
    }
    if kind == "phone" || kind == "card" {
      for place in text.indices where !text[place].isDigit { isKept[place] = true }
    }
    if text.count == 36, text.filter({ $0 == 45 }).count == 4 {
      // The version and the variant of a UUID.
      for place in [14, 19] { isKept[place] = true }
    }
    if kind == "basic" {
      for place in text.indices where text[place] == UInt8(ascii: ":") { isKept[place] = true }
    }
    if text.first == UInt8(ascii: "{") || text.first == UInt8(ascii: "[") {
      keepFrame(of: text, in: &isKept)
    } else {
      keepNames(of: text, isCookie: kind == "cookie", in: &isKept)
    }
    return isKept
  }

  /// Without white space, quotes and what parts names and values around it.
  static func trimmed(_ text: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var range = range
    while let first = range.first, parts(text[first]) {
      range = (first + 1)..<range.upperBound
    }
    while let last = range.last, parts(text[last]) {
      range = range.lowerBound..<last
    }
    return range
  }

  private static func parts(_ byte: UInt8) -> Bool {
    byte.isSpace || byte.isQuote || "=;,&".utf8.contains(byte)
  }

  private static let constants: Set<String> = [
    "none", "null", "nil", "true", "false", "undefined", "redacted", "[redacted]", "[filtered]",
    "<redacted>", "***", "bearer", "basic",
  ]

  private static let schemes = ["bearer ", "basic ", "digest ", "token ", "apikey ", "negotiate "]

  private static let attributes: Set<String> = [
    "path", "domain", "expires", "max-age", "secure", "httponly", "samesite", "partitioned",
  ]

  private static func keep(_ range: Range<Int>, in isKept: inout [Bool]) {
    for place in range { isKept[place] = true }
  }

  /// Of JSON, all but the texts that are values.
  private static func keepFrame(of text: [UInt8], in isKept: inout [Bool]) {
    var position = 0
    while position < text.count {
      guard text[position].isQuote else {
        isKept[position] = true
        position += 1
        continue
      }
      let content = Finds.quoted(text, from: position, escapes: 0)
      let next = text.end(from: min(content.upperBound + 1, text.count)) { $0.isSpace }
      if next < text.count, text[next] == UInt8(ascii: ":") { keep(content, in: &isKept) }
      position = content.upperBound + 1
    }
  }

  /// `name=value; name=value`: the names, and what a cookie's attributes say.
  private static func keepNames(of text: [UInt8], isCookie: Bool, in isKept: inout [Bool]) {
    let parts = text.split(omittingEmptySubsequences: false) { ";&".utf8.contains($0) }
    let pairs = parts.filter { $0.contains(UInt8(ascii: "=")) }
    guard isCookie || pairs.count > 1 else { return }
    for part in parts {
      let name = part.prefix { $0 != UInt8(ascii: "=") }
      let word = String(decoding: name.drop(while: \.isSpace), as: UTF8.self).lowercased()
      if isCookie, attributes.contains(word) {
        keep(part.startIndex..<part.endIndex, in: &isKept)
      } else if name.count < part.count {
        keep(name.startIndex..<name.endIndex, in: &isKept)
      }
    }
  }
}

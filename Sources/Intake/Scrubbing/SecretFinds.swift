/// Where secrets stand in a text, each kind by its own signs; ranges in order, without overlap.
enum SecretFinds {
  /// `scheme://user:password@host`: both words before the last `@` of the authority.
  static func credentialsInURLs(_ bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var position = 0
    while let mark = bytes.firstRange(of: "://", from: position) {
      position = mark + 3
      let end = bytes[position...].firstIndex(where: endsAuthority) ?? bytes.count
      guard mark > 0, bytes[mark - 1].isAlphanumeric,
        let at = bytes[position..<end].lastIndex(of: UInt8(ascii: "@"))
      else { continue }
      if let colon = bytes[position..<at].firstIndex(of: UInt8(ascii: ":")) {
        ranges += [position..<colon, (colon + 1)..<at].filter { !isPlaceholder(bytes[$0]) }
      } else if at - position >= 16 {
        // A key in the user's place, as in a DSN; short ones are names of accounts.
        ranges.append(position..<at)
      }
      position = at + 1
    }
    return ranges
  }

  /// `?token=value` and `&token=value`.
  static func queryParameters(_ bytes: [UInt8]) -> [Range<Int>] {
    assignments(bytes) { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "&") }
  }

  /// `password=value` in forms, connection strings and messages.
  static func assignments(_ bytes: [UInt8]) -> [Range<Int>] {
    assignments(bytes) { byte in
      guard let byte else { return true }
      return byte.isSpace || byte.isQuote || "?&;,({[".utf8.contains(byte)
    }
  }

  private static func assignments(
    _ bytes: [UInt8], after isBoundary: (UInt8?) -> Bool
  ) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var position = 0
    while let equals = bytes[position...].firstIndex(of: UInt8(ascii: "=")) {
      position = equals + 1
      var name = equals
      while name > 0, equals - name < 64, isNamePart(bytes[name - 1]) { name -= 1 }
      guard name < equals, isBoundary(name > 0 ? bytes[name - 1] : nil),
        SecretNames.kind(bytes: bytes[name..<equals]) != nil
      else { continue }
      let value: Range<Int>
      if position < bytes.count, bytes[position].isQuote {
        value = quoted(bytes, from: position, escapes: 0)
      } else {
        let end = bytes[position...].firstIndex(where: endsParameter) ?? bytes.count
        value = position..<end
      }
      let opening = name > 0 ? bytes[name - 1] : 0
      let isParameter = opening == UInt8(ascii: "?") || opening == UInt8(ascii: "&")
      let isKept = isPlaceholder(bytes[value]) || !isParameter && isPrintedConstant(bytes, value)
      if !value.isEmpty, !isKept { ranges.append(value) }
      position = max(position, value.upperBound)
    }
    return ranges
  }

  /// PEM: everything between the two marks, or to the end where the second is cut off.
  static func privateKeys(_ bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var position = 0
    while let mark = bytes.firstRange(of: "PRIVATE KEY-----", from: position) {
      position = mark + 16
      let begin = bytes[..<mark].suffix(40).firstRange(of: "-----BEGIN ")
      guard begin != nil else { continue }
      let end = bytes.firstRange(of: "-----END ", from: position) ?? bytes.count
      ranges.append(position..<end)
      position = end
    }
    return ranges
  }

  private static func endsAuthority(_ byte: UInt8) -> Bool {
    byte.isSpace || byte.isQuote || "/?#<>`\\".utf8.contains(byte)
  }

  private static func endsParameter(_ byte: UInt8) -> Bool {
    byte.isSpace || byte.isQuote || "&#;,<>`\\)]}".utf8.contains(byte)
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || "_-.%".utf8.contains(byte)
  }

  /// A hole in a template, `{password}` or `%s`, which holds no secret.
  private static func isPlaceholder(_ value: ArraySlice<UInt8>) -> Bool {
    value.elementsEqual("%s".utf8)
      || value.first == UInt8(ascii: "{")
        && (value.last == UInt8(ascii: "}") || !value.dropFirst().contains { !isNamePart($0) })
  }

  /// A count or a missing value in a printed object, `Block(tokens=15)`, as opposed to a password of digits.
  private static func isPrintedConstant(_ bytes: [UInt8], _ value: Range<Int>) -> Bool {
    let word = String(decoding: bytes[value].prefix(12), as: UTF8.self)
    if ["None", "True", "False", "null", "nil", "true", "false"].contains(word) { return true }
    guard value.upperBound < bytes.count, ",)".utf8.contains(bytes[value.upperBound]) else {
      return false
    }
    return bytes[value].allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
  }

  /// The content of the quoted text whose opening quote is at `start`, with `escapes` backslashes before each quote; up
  /// to the end where the closing one is cut off.
  static func quoted(_ bytes: [UInt8], from start: Int, escapes: Int) -> Range<Int> {
    let quote = bytes[start]
    var position = start + 1
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\\") {
        var closing = position
        while closing < bytes.count, bytes[closing] == UInt8(ascii: "\\") { closing += 1 }
        let run = closing - position
        if escapes > 0, run == escapes, closing < bytes.count, bytes[closing] == quote {
          return (start + 1)..<position
        }
        let steps = escapes == 0 && run % 2 == 1 ? run + 1 : run
        position += max(steps, 1)
      } else if bytes[position] == quote, escapes == 0 {
        return (start + 1)..<position
      } else {
        position += 1
      }
    }
    return (start + 1)..<bytes.count
  }
}

extension [UInt8] {
  /// How many backslashes stand right before a position.
  func backslashes(before position: Int) -> Int {
    var start = position
    while start > 0, self[start - 1] == UInt8(ascii: "\\") { start -= 1 }
    return position - start
  }
}

extension Collection where Element == UInt8, Index == Int {
  /// The first place of a text at or after a position.
  func firstRange(of text: StaticString, from start: Int? = nil) -> Int? {
    let length = text.utf8CodeUnitCount
    let first = text.utf8Start[0]
    var position = start ?? startIndex
    while position + length <= endIndex {
      if self[position] == first,
        (1..<length).allSatisfy({ self[position + $0] == text.utf8Start[$0] })
      {
        return position
      }
      position += 1
    }
    return nil
  }
}

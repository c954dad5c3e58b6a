extension Finds {
  mutating func findNamed(_ bytes: [UInt8], role: Role, names: SecretNames) {
    findMembers(bytes, names: names)
    findAssignments(bytes, sign: UInt8(ascii: "="), role: role, names: names)
    if role == .text { findAssignments(bytes, sign: UInt8(ascii: ":"), role: role, names: names) }
  }

  /// `password=value` and `password: value` in forms, connection strings and messages; in code only where the value is a literal.
  private mutating func findAssignments(
    _ bytes: [UInt8], sign: UInt8, role: Role, names: SecretNames
  ) {
    var position = 0
    while let equals = bytes[position...].firstIndex(of: sign) {
      position = equals + 1
      guard let name = nameRange(bytes, before: equals, role: role),
        let kind = names.kind(bytes: bytes[name])
      else { continue }
      let opening = name.lowerBound > 0 ? bytes[name.lowerBound - 1] : 0
      let isParameter = opening == UInt8(ascii: "?") || opening == UInt8(ascii: "&")
      guard let value = value(bytes, from: position, sign, role: role, isParameter: isParameter)
      else { continue }
      let isKept =
        Self.isPlaceholder(bytes[value]) || !isParameter && isPrintedConstant(bytes, value)
      if !value.isEmpty, !isKept { named.append((value, kind)) }
      position = max(position, value.upperBound)
    }
  }

  private func nameRange(_ bytes: [UInt8], before sign: Int, role: Role) -> Range<Int>? {
    var end = sign
    if role == .source { end = bytes.start(before: sign) { $0 == 32 } }
    var start = end
    while start > 0, end - start < 64, Self.isNamePart(bytes[start - 1]) { start -= 1 }
    guard start < end else { return nil }
    let before = start > 0 ? bytes[start - 1] : 32
    let isBoundary = before.isSpace || before.isQuote || "?&;,({[|/:".utf8.contains(before)
    return isBoundary ? start..<end : nil
  }

  private func value(
    _ bytes: [UInt8], from start: Int, _ sign: UInt8, role: Role, isParameter: Bool
  ) -> Range<Int>? {
    var start = start
    if sign == UInt8(ascii: ":") || role == .source {
      let first = bytes.end(from: start) { $0 == 32 }
      guard first - start <= 1 else { return nil }
      start = first
    }
    guard start < bytes.count else { return nil }
    if bytes[start].isQuote { return Self.quoted(bytes, from: start, escapes: 0) }
    if role == .source, !isParameter {
      // `b'…'` and the like.
      guard start + 1 < bytes.count, bytes[start].isLower, bytes[start + 1].isQuote else {
        return nil
      }
      return Self.quoted(bytes, from: start + 1, escapes: 0)
    }
    if bytes.firstRange(of: "-----BEGIN ", from: start) == start { return nil }
    let end = endOfValue(bytes, from: start)
    // `password: is required` is prose; a word that was chosen has more than letters, or stands alone.
    guard sign == UInt8(ascii: ":"),
      !bytes[start..<end].contains(where: { !$0.isAlphanumeric || $0.isDigit || $0.isUpper })
    else { return start..<end }
    return end == bytes.count && end - start >= 6 ? start..<end : nil
  }

  /// The scheme of an `Authorization` belongs to what follows it.
  private func endOfValue(_ bytes: [UInt8], from start: Int) -> Int {
    var end = bytes.end(from: start) { !Self.endsParameter($0) }
    let first = String(decoding: bytes[start..<end], as: UTF8.self).lowercased()
    if ["bearer", "basic", "token", "digest"].contains(first), end < bytes.count, bytes[end] == 32 {
      end = bytes.end(from: bytes.end(from: end) { $0 == 32 }) { !Self.endsParameter($0) }
    }
    while end > start, ".:".utf8.contains(bytes[end - 1]) { end -= 1 }
    return end
  }

  private static func endsParameter(_ byte: UInt8) -> Bool {
    byte.isSpace || byte.isQuote || "&#;,<>`\\)]}|".utf8.contains(byte)
  }

  /// A count or a missing value in a printed object, `Block(tokens=15)`, as opposed to a password of digits.
  private func isPrintedConstant(_ bytes: [UInt8], _ value: Range<Int>) -> Bool {
    let word = String(decoding: bytes[value].prefix(12), as: UTF8.self)
    if ["None", "True", "False", "null", "nil", "true", "false"].contains(word) { return true }
    guard value.upperBound < bytes.count, ",)".utf8.contains(bytes[value.upperBound]) else {
      return false
    }
    return bytes[value].allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
  }
}

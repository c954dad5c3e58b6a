extension Finds {
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
    Shape(prefix: "hf_", minimum: 30, marks: ""),
    Shape(prefix: "npm_", minimum: 30, marks: ""),
    Shape(prefix: "pypi-", minimum: 40, marks: "-_"),
    Shape(prefix: "gldt-", minimum: 16, marks: "-_"),
    Shape(prefix: "xapp-", minimum: 8, marks: "-"),
    Shape(prefix: "rk_test_", minimum: 16, marks: "_"),
    Shape(prefix: "shpat_", minimum: 20, marks: ""),
  ]

  private static let bearer: StaticString = "bearer "

  /// Private keys, tokens of well-known makers, JSON web tokens, what follows the word Bearer, and addresses that are keys themselves.
  mutating func findKeys(_ bytes: [UInt8], _ signs: Signs) {
    if signs.has("-") { findPrivateKeys(bytes) }
    if signs.longestWord >= 16 || signs.has(" ") { findTokens(bytes) }
    if signs.has("."), signs.has(":") { findHooks(bytes) }
  }

  private mutating func findTokens(_ bytes: [UInt8]) {
    var position = 0
    var wordEnd = 0
    while position < bytes.count {
      let isStart =
        position == 0 || !(bytes[position - 1].isAlphanumeric || bytes[position - 1] == 95)
      if isStart, let end = findToken(bytes, at: position, wordEnd: &wordEnd) {
        position = end
      } else {
        position += 1
      }
    }
  }

  /// PEM: everything between the two marks, or to the end where the second is cut off.
  private mutating func findPrivateKeys(_ bytes: [UInt8]) {
    var position = 0
    while let mark = bytes.firstRange(of: "PRIVATE KEY-----", from: position) {
      position = mark + 16
      guard let begin = bytes[..<mark].suffix(40).firstRange(of: "-----BEGIN ") else { continue }
      structure.append(begin..<position)
      let isPart: (UInt8) -> Bool = {
        $0.isSpace || $0.isAlphanumeric || "+/=\\:,-".utf8.contains($0)
      }
      let end =
        bytes.firstRange(of: "-----END ", from: position)
        ?? bytes.end(from: position, while: isPart)
      // A mark alone, in a message, begins no key.
      guard end - position >= 24, bytes[position].isSpace || bytes[position] == 92 else { continue }
      secrets.append(Secret(position..<end, "private-key"))
      position = end
      if let last = bytes[end...].firstRange(of: "KEY-----") { structure.append(end..<(last + 8)) }
    }
  }

  /// Whoever knows the path of such an address may write to it.
  private mutating func findHooks(_ bytes: [UInt8]) {
    for host in ["hooks.slack.com/services/" as StaticString, "discord.com/api/webhooks/"] {
      var position = 0
      while let found = bytes.firstRange(of: host, from: position) {
        position = found + host.utf8CodeUnitCount
        let end = bytes.end(from: position, marks: "-_/")
        if end - position >= 16 { secrets.append(Secret(position..<end, "webhook")) }
        position = end
      }
    }
  }

  /// `wordEnd` is where the word ends that was found to begin no web token: none of its parts is looked at again.
  private mutating func findToken(_ bytes: [UInt8], at start: Int, wordEnd: inout Int) -> Int? {
    switch bytes[start] {
    case UInt8(ascii: "A"), UInt8(ascii: "g"), UInt8(ascii: "x"), UInt8(ascii: "s"),
      UInt8(ascii: "r"), UInt8(ascii: "h"), UInt8(ascii: "n"), UInt8(ascii: "p"):
      let found = Self.shapes.lazy.compactMap { Self.find($0, in: bytes, at: start) }.first
      guard let found else { return nil }
      structure.append(start..<found.lowerBound)
      secrets.append(Secret(found, "key", of: start..<found.upperBound))
      return found.upperBound
    case UInt8(ascii: "e"): return findWebToken(bytes, at: start, wordEnd: &wordEnd)
    case UInt8(ascii: "B"), UInt8(ascii: "b"):
      return findBearer(bytes, at: start) ?? findBasic(bytes, at: start)
    default: return nil
    }
  }

  private static func find(_ shape: Shape, in bytes: [UInt8], at start: Int) -> Range<Int>? {
    guard bytes.has(shape.prefix, at: start) else { return nil }
    let first = start + shape.prefix.utf8CodeUnitCount
    let end = bytes.end(from: first, marks: shape.marks)
    return end - first >= shape.minimum ? first..<end : nil
  }

  /// Three parts joined by dots, or two, the first two of which begin as `{"` does in base 64. The first says how it is signed, and
  /// stays; of the second, what it says is replaced where it can be read.
  private mutating func findWebToken(_ bytes: [UInt8], at start: Int, wordEnd: inout Int) -> Int? {
    guard start >= wordEnd, bytes.has("eyJ", at: start) else { return nil }
    let header = bytes.end(from: start, marks: "-_")
    wordEnd = header
    guard header - start >= 8, bytes.has(".eyJ", at: header) else { return nil }
    let claims = bytes.end(from: header + 1, marks: "-_")
    structure.append(start..<header)
    named.append((header + 1..<claims, "web-token"))
    guard claims < bytes.count, bytes[claims] == UInt8(ascii: ".") else { return claims }
    let end = bytes.end(from: claims + 1, marks: "-_")
    if end > claims + 1 { secrets.append(Secret(claims + 1..<end, "web-token")) }
    return end
  }

  /// `Basic` and two words in base 64.
  private mutating func findBasic(_ bytes: [UInt8], at start: Int) -> Int? {
    let word: StaticString = "basic "
    let first = start + word.utf8CodeUnitCount
    guard first < bytes.count,
      (start..<first).allSatisfy({ bytes[$0] | 0x20 == word.utf8Start[$0 - start] })
    else { return nil }
    let end = bytes.end(from: first, marks: "+/-_=")
    guard end - first >= 8, (end - first) % 4 == 0, end == bytes.count || bytes[end] != 46 else {
      return nil
    }
    let isProse = bytes[first..<end].allSatisfy { $0.isLower || $0 == 45 || $0 == 47 }
    guard !isProse else { return nil }
    structure.append(start..<first)
    named.append((first..<end, "basic"))
    return end
  }

  /// Prose about bearers has no digits in the next word, or is short.
  private mutating func findBearer(_ bytes: [UInt8], at start: Int) -> Int? {
    let word = start + Self.bearer.utf8CodeUnitCount
    guard word < bytes.count,
      (start..<word).allSatisfy({ bytes[$0] | 0x20 == Self.bearer.utf8Start[$0 - start] })
    else { return nil }
    let first = bytes.end(from: word) { $0 == 32 }
    let end = bytes.end(from: first, marks: "-_.~+/=")
    let token = bytes[first..<end]
    guard token.count >= 8, token.count >= 24 || token.contains(where: \.isDigit) else {
      return nil
    }
    structure.append(start..<first)
    if token.starts(with: "eyJ".utf8) { return first }
    secrets.append(Secret(first..<end, "bearer"))
    return end
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

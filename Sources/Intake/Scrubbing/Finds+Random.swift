import Foundation

extension Finds {
  /// Long words that nobody thought of: letters and digits change places in them as in no word, name or number.
  mutating func findRandom(_ bytes: [UInt8]) {
    var position = 0
    while position < bytes.count {
      guard Self.isPart(bytes[position]) else {
        position += 1
        continue
      }
      let end = bytes.end(from: position, while: Self.isPart)
      if end - position >= 20 { look(at: position..<end, in: bytes) }
      position = end
    }
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    byte < 0x80 && (byte.isAlphanumeric || "-_+/".utf8.contains(byte))
  }

  /// The whole, where it is random as a whole; else those of its parts that are.
  private mutating func look(at range: Range<Int>, in bytes: [UInt8]) {
    if Self.isRandom(bytes[range]), !isPath(bytes[range]) {
      secrets.append(Secret(range, "random"))
      return
    }
    var start = range.lowerBound
    for part in bytes[range].split(separator: 47, omittingEmptySubsequences: false) {
      let own = start..<(start + part.count)
      if part.count >= 20, part.count < range.count, Self.isRandom(bytes[own]) {
        secrets.append(Secret(own, "random"))
      }
      start = own.upperBound + 1
    }
  }

  /// Random letters in base 64 have one sign in thirty-two of this kind.
  private func isPath(_ word: ArraySlice<UInt8>) -> Bool {
    let parts = word.split(separator: 47)
    return parts.count > 1 && parts.contains { $0.count >= 4 && $0.allSatisfy(\.isLower) }
  }

  static func isRandom(_ word: ArraySlice<UInt8>) -> Bool {
    let signs = word.filter(\.isAlphanumeric)
    guard signs.count >= 18 else { return false }
    if isIdentifier(Array(word)) { return false }
    let digits = signs.filter(\.isDigit).count
    if signs.allSatisfy(\.isHexadecimalDigit) {
      return signs.count >= 32 && digits * 5 > signs.count
        && digits * 10 < signs.count * 9
    }
    guard digits > 0, entropy(signs) >= 3.2 else { return false }
    let changes = zip(signs, signs.dropFirst()).filter { sort($0) != sort($1) }.count
    let isMixed = signs.contains(where: \.isUpper) && signs.contains(where: \.isLower)
    let share = Double(changes) / Double(signs.count)
    return isMixed ? share >= 0.42 : digits >= 3 && share >= 0.26
  }

  /// A UUID, with its hyphens or without: it says which thing is meant, and opens none.
  private static func isIdentifier(_ word: [UInt8]) -> Bool {
    if word.count == 32, word.allSatisfy(\.isHexadecimalDigit) {
      return word[12] == 52 && "89abAB".utf8.contains(word[16])
    }
    // With hyphens it is one wherever it stands: in names of files and folders, too.
    guard word.count >= 36 else { return false }
    return (0...(word.count - 36)).contains { start in
      word[start + 8] == 45
        && (0..<36).allSatisfy { place in
          [8, 13, 18, 23].contains(place)
            ? word[start + place] == 45 : word[start + place].isHexadecimalDigit
        }
    }
  }

  private static func sort(_ byte: UInt8) -> Int { byte.isDigit ? 0 : byte.isUpper ? 1 : 2 }

  /// Bits a character, by how often each stands there.
  private static func entropy(_ signs: [UInt8]) -> Double {
    var counts: [UInt8: Int] = [:]
    for sign in signs { counts[sign, default: 0] += 1 }
    return counts.values.reduce(0) { sum, count in
      let share = Double(count) / Double(signs.count)
      return sum - share * log2(share)
    }
  }
}

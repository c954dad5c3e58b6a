import Foundation

/// A text in which another is written, character by character: with percent signs, with escapes, as hexadecimal digits, or in base 64.
///
/// Law: what is changed inside is written back at the same places, in the same notation and length.
struct Notation {
  private struct Unit {
    var inside: Range<Int>
    var outside: Range<Int>
    var style: Style
  }

  private enum Style {
    case plain, percent, hexadecimal
    /// `\u` and as many digits.
    case escape(digits: Int)
    /// It cannot be written otherwise.
    case fixed
  }

  /// What the text says.
  private(set) var content: [UInt8] = []
  /// Where it stands in the outer text.
  let range: Range<Int>
  private var units: [Unit] = []
  private var alphabet: Alphabet?

  /// Whether it is a part of the text, in base 64.
  var isPacked: Bool { alphabet != nil }

  private init(range: Range<Int>) { self.range = range }

  /// All that a text can be read as, besides what it is.
  static func all(in bytes: [UInt8], _ signs: Signs) -> [Notation] {
    var found: [Notation] = []
    if signs.has("%") {
      found += [percent(bytes, plus: false)].compactMap(\.self)
      if signs.has("+"), signs.has("=") { found += [percent(bytes, plus: true)].compactMap(\.self) }
    } else if signs.has("+"), signs.has("=") {
      found += [percent(bytes, plus: true)].compactMap(\.self)
    }
    if signs.has("\\") { found += [escaped(bytes)].compactMap(\.self) }
    if signs.longestWord >= 16 { found += packed(bytes) }
    return found
  }

  /// Writes what became of the content.
  func write(_ inner: Marked, into outer: inout Marked) {
    if let alphabet {
      guard inner.done.contains(true) else { return }
      let text = alphabet.encoded(inner.bytes)
      guard text.count <= range.count else { return }
      for (offset, byte) in text.enumerated() {
        outer.put(byte, at: range.lowerBound + offset)
      }
      return
    }
    for unit in units where inner.done[unit.inside].contains(true) {
      let signs = Self.written(
        Array(inner.bytes[unit.inside]), unit.style, like: outer.original[unit.outside])
      for (offset, place) in unit.outside.enumerated() where !outer.done[place] {
        outer.put(signs.map { $0[offset] } ?? outer.original[place], at: place)
      }
    }
  }

  private static func written(
    _ content: [UInt8], _ style: Style, like old: ArraySlice<UInt8>
  ) -> [UInt8]? {
    var digits: [UInt8]
    let mark: Int
    switch style {
    case .plain: return content
    case .fixed: return nil
    case .percent: (digits, mark) = (content.hexadecimalDigits, 1)
    case .hexadecimal: (digits, mark) = (content.hexadecimalDigits, 0)
    case .escape(let count):
      guard let scalar = content.scalar(at: 0)?.0 else { return nil }
      let text = String(scalar.value, radix: 16)
      digits = Array(String(repeating: "0", count: max(0, count - text.count)).utf8) + text.utf8
      mark = 2
    }
    guard digits.count + mark == old.count else { return nil }
    if old.dropFirst(mark).contains(where: \.isUpper) {
      digits = digits.map { $0.isLower ? $0 - 32 : $0 }
    }
    return Array(old.prefix(mark)) + digits
  }

  private mutating func add(_ bytes: some Sequence<UInt8>, _ outside: Range<Int>, _ style: Style) {
    let start = content.count
    content += bytes
    units.append(Unit(inside: start..<content.count, outside: outside, style: style))
  }

  // MARK: percent signs

  /// `plus` is for forms, where it stands for a space.
  private static func percent(_ bytes: [UInt8], plus: Bool) -> Notation? {
    var notation = Notation(range: bytes.indices)
    var isOther = false
    var position = 0
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "%"), let value = bytes.hexadecimal(at: position + 1, 2) {
        notation.add([UInt8(value)], position..<(position + 3), .percent)
        position += 3
        isOther = true
        continue
      }
      let isSpace = plus && bytes[position] == UInt8(ascii: "+")
      if isSpace { isOther = true }
      notation.add(
        [isSpace ? 32 : bytes[position]], position..<(position + 1), isSpace ? .fixed : .plain)
      position += 1
    }
    return isOther ? notation : nil
  }

  // MARK: escapes

  private static let escapes: [UInt8: UInt8] = [
    110: 10, 116: 9, 114: 13, 98: 8, 102: 12, 48: 0, 92: 92, 34: 34, 39: 39, 47: 47,
  ]

  /// What JSON and programs write with a backslash.
  private static func escaped(_ bytes: [UInt8]) -> Notation? {
    var notation = Notation(range: bytes.indices)
    var isOther = false
    var position = 0
    while position < bytes.count {
      guard bytes[position] == 92, position + 1 < bytes.count,
        let width = notation.addEscape(bytes, at: position)
      else {
        notation.add([bytes[position]], position..<(position + 1), .plain)
        position += 1
        continue
      }
      position += width
      isOther = true
    }
    return isOther ? notation : nil
  }

  private mutating func addEscape(_ bytes: [UInt8], at start: Int) -> Int? {
    let sign = bytes[start + 1]
    if let plain = Self.escapes[sign] {
      add([plain], start..<(start + 2), .fixed)
      return 2
    }
    let digits = sign == 117 ? 4 : sign == 120 ? 2 : sign == 85 ? 8 : 0
    guard digits > 0, let value = bytes.hexadecimal(at: start + 2, digits) else { return nil }
    if let scalar = Unicode.Scalar(UInt32(value)) {
      let isFixed = digits == 2 && value >= 0x80
      add(
        String(scalar).utf8, start..<(start + 2 + digits),
        isFixed ? .fixed : .escape(digits: digits))
    } else {
      // Half of a pair.
      add([0xEF, 0xBF, 0xBD], start..<(start + 2 + digits), .fixed)
    }
    return 2 + digits
  }

  // MARK: base 64 and hexadecimal digits

  private enum Alphabet {
    case standard, urlSafe

    func encoded(_ bytes: [UInt8]) -> [UInt8] {
      let text = Array(Data(bytes).base64EncodedString().utf8)
      guard self == .urlSafe else { return text }
      return text.map { $0 == 43 ? 45 : $0 == 47 ? 95 : $0 }
    }
  }

  private static func packed(_ bytes: [UInt8]) -> [Notation] {
    var found: [Notation] = []
    var position = 0
    while position < bytes.count {
      guard isPacked(bytes[position]) else {
        position += 1
        continue
      }
      let end = bytes.end(from: position, while: isPacked)
      if end - position >= 16 {
        let range = position..<end
        found += [hexadecimal(bytes, range) ?? base64(bytes, range)].compactMap(\.self)
      }
      position = end
    }
    return found
  }

  private static func isPacked(_ byte: UInt8) -> Bool {
    byte < 0x80 && (byte.isAlphanumeric || "+/-_".utf8.contains(byte))
  }

  private static func hexadecimal(_ bytes: [UInt8], _ range: Range<Int>) -> Notation? {
    guard range.count % 2 == 0, bytes[range].allSatisfy(\.isHexadecimalDigit) else { return nil }
    var notation = Notation(range: range)
    for start in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
      guard let value = bytes.hexadecimal(at: start, 2) else { return nil }
      notation.add([UInt8(value)], start..<(start + 2), .hexadecimal)
    }
    return notation.content.isReadable ? notation : nil
  }

  private static func base64(_ bytes: [UInt8], _ range: Range<Int>) -> Notation? {
    guard range.count % 4 != 1 else { return nil }
    let word = Array(bytes[range])
    let isURLSafe = word.contains { $0 == 45 || $0 == 95 }
    let plain = word.map { $0 == 45 ? 43 : $0 == 95 ? 47 : $0 }
    let padded = plain + Array(repeating: 61, count: (4 - plain.count % 4) % 4)
    guard let data = Data(base64Encoded: Data(padded)) else { return nil }
    var notation = Notation(range: range)
    notation.content = Array(data)
    let alphabet: Alphabet = isURLSafe ? .urlSafe : .standard
    guard notation.content.isReadable,
      alphabet.encoded(notation.content).prefix(word.count).elementsEqual(word)
    else { return nil }
    notation.alphabet = alphabet
    return notation
  }
}

extension [UInt8] {
  /// The number that so many hexadecimal digits are.
  fileprivate func hexadecimal(at start: Int, _ digits: Int) -> Int? {
    guard start + digits <= count else { return nil }
    var value = 0
    for digit in self[start..<(start + digits)] {
      guard digit.isHexadecimalDigit else { return nil }
      value = value * 16 + Int(digit.isDigit ? digit - 48 : (digit | 0x20) - 87)
    }
    return value
  }

  fileprivate var hexadecimalDigits: [UInt8] { Array(hexadecimal.utf8) }

  /// Text, and nothing that a machine alone would write.
  fileprivate var isReadable: Bool {
    count >= 8 && allSatisfy { $0 >= 32 && $0 != 127 || $0 == 10 || $0 == 13 || $0 == 9 }
      && String(validating: self, as: UTF8.self) != nil
  }
}

/// A text in the work: what it was, what it is, and which bytes have their last value.
struct Marked {
  let original: [UInt8]
  private(set) var bytes: [UInt8]
  private(set) var done: [Bool]

  init(_ bytes: [UInt8]) {
    original = bytes
    self.bytes = bytes
    done = [Bool](repeating: false, count: bytes.count)
  }

  mutating func put(_ byte: UInt8, at place: Int) {
    guard !done[place] else { return }
    bytes[place] = byte
    done[place] = true
  }

  /// Takes over a part that was worked on by itself.
  mutating func take(_ part: Marked, at start: Int) {
    for place in part.bytes.indices where part.done[place] {
      put(part.bytes[place], at: start + place)
    }
  }

  /// Whether every letter and digit has its last value.
  func isDone(_ range: Range<Int>) -> Bool {
    range.allSatisfy { done[$0] || !original[$0].isAlphanumeric }
  }
}

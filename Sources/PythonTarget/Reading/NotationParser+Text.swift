import Failures

extension NotationParser {
  /// A string or bytes literal from its opening quote on.
  mutating func string(prefix: String) -> CapturedValue? {
    guard let quote = next else { return nil }
    position += 1
    var text = TextUnits(isBytes: prefix.contains("b"))
    while let scalar = next {
      if scalar == quote {
        position += 1
        return text.value
      }
      if scalar == "\\" {
        let start = position
        position += 1
        let isRead = prefix.contains("r") ? rawEscape(into: &text) : escape(into: &text)
        if isRead { continue }
        // An escape that the sender cut through.
        guard mayBeCut, isCutInside(from: start) else { return nil }
        position = end
        return text.value.map { .truncated(known: $0, certain: true) }
      }
      position += 1
      guard text.append(scalar.value) else { return nil }
    }
    guard mayBeCut, text.removeMark() else { return nil }
    return text.value.map { .truncated(known: $0, certain: true) }
  }

  private func isCutInside(from start: Int) -> Bool { end - start < 13 }

  private mutating func rawEscape(into text: inout TextUnits) -> Bool {
    guard let scalar = next else { return false }
    position += 1
    return text.append(0x5C) && text.append(scalar.value)
  }

  /// What follows a backslash.
  private mutating func escape(into text: inout TextUnits) -> Bool {
    guard let scalar = next else { return false }
    position += 1
    switch scalar {
    case "\n": return true
    case "\\", "'", "\"": return text.append(scalar.value)
    case "a": return text.append(7)
    case "b": return text.append(8)
    case "f": return text.append(12)
    case "n": return text.append(10)
    case "r": return text.append(13)
    case "t": return text.append(9)
    case "v": return text.append(11)
    case "x": return number(digits: 2).map { text.append($0) } ?? false
    case "u" where !text.isBytes: return number(digits: 4).map { text.append($0) } ?? false
    case "U" where !text.isBytes: return number(digits: 8).map { text.append($0) } ?? false
    case "N" where !text.isBytes: return false
    case "0"..."7": return octal(first: scalar, into: &text)
    // Python keeps the backslash of what is no escape.
    default: return text.append(0x5C) && text.append(scalar.value)
    }
  }

  private mutating func number(digits count: Int) -> UInt32? {
    guard position + count <= end else { return nil }
    let digits = text(position..<(position + count))
    guard digits.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }) else { return nil }
    guard let number = UInt32(digits, radix: 16) else { return nil }
    position += count
    return number
  }

  private mutating func octal(first: Unicode.Scalar, into text: inout TextUnits) -> Bool {
    var number = first.value - 0x30
    var count = 1
    while count < 3, let digit = next, ("0"..."7").contains(digit) {
      number = number * 8 + digit.value - 0x30
      position += 1
      count += 1
    }
    return text.append(text.isBytes ? number & 0xFF : number)
  }
}

/// The characters of a literal: bytes, or text that may hold unpaired surrogates.
struct TextUnits {
  let isBytes: Bool
  private var bytes: [UInt8] = []
  private var units: [UInt16] = []
  private var hasSurrogates = false
  /// Python keeps two halves apart that UTF-16 would join: such a text has no form here.
  private var isAmbiguous = false

  init(isBytes: Bool) {
    self.isBytes = isBytes
  }

  mutating func append(_ code: UInt32) -> Bool {
    if isBytes {
      guard code < 0x100 else { return false }
      bytes.append(UInt8(code))
    } else if (0xD800..<0xE000).contains(code) {
      if code >= 0xDC00, let last = units.last, (0xD800..<0xDC00).contains(last) {
        isAmbiguous = true
      }
      hasSurrogates = true
      units.append(UInt16(code))
    } else if code < 0x10000 {
      units.append(UInt16(code))
    } else if code <= 0x10FFFF {
      units.append(UInt16(0xD800 + (code - 0x10000) >> 10))
      units.append(UInt16(0xDC00 + (code - 0x10000) & 0x3FF))
    } else {
      return false
    }
    return true
  }

  /// Takes the three dots off that a sender put where it cut.
  mutating func removeMark() -> Bool {
    if isBytes {
      guard bytes.suffix(3) == [0x2E, 0x2E, 0x2E] else { return false }
      bytes.removeLast(3)
    } else {
      guard units.suffix(3) == [0x2E, 0x2E, 0x2E] else { return false }
      units.removeLast(3)
    }
    return true
  }

  var value: CapturedValue? {
    if isBytes { return .bytes(bytes, mutable: false) }
    if isAmbiguous { return nil }
    if hasSurrogates { return .illFormedString(units) }
    return .string(String(decoding: units, as: UTF16.self))
  }
}

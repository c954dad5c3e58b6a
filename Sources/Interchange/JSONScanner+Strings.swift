/// A string of a JSON text: well formed, or with unpaired surrogates.
enum ScannedString {
  case text(String)
  case illFormed([UInt16])
}

extension JSONScanner {
  /// Reads the string whose opening quote is at `offset`.
  mutating func string() throws(JSONError) -> ScannedString {
    offset += 1
    let first = offset
    while offset < count {
      let byte = start[offset]
      if byte == UInt8(ascii: "\"") {
        let text = try wellFormed(from: first, to: offset)
        offset += 1
        return .text(text)
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: first) }
      if byte < 0x20 { throw JSONError(.controlCharacter(byte), offset: offset) }
      offset += 1
    }
    throw JSONError(.unexpectedEnd, offset: count)
  }

  /// Goes on at the first escape: pieces between escapes are copied whole.
  private mutating func escapedString(from first: Int) throws(JSONError) -> ScannedString {
    var text = EscapedText()
    var pieceStart = first
    while offset < count {
      let byte = start[offset]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        if offset > pieceStart { text.append(try wellFormed(from: pieceStart, to: offset)) }
        offset += 1
        if byte == UInt8(ascii: "\"") { return text.finished }
        text.append(unit: try escape())
        pieceStart = offset
      } else if byte < 0x20 {
        throw JSONError(.controlCharacter(byte), offset: offset)
      } else {
        offset += 1
      }
    }
    throw JSONError(.unexpectedEnd, offset: count)
  }

  /// The UTF-16 unit of the escape whose backslash was just read.
  private mutating func escape() throws(JSONError) -> UInt16 {
    guard offset < count else { throw JSONError(.unexpectedEnd, offset: count) }
    let byte = start[offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt16(byte)
    case UInt8(ascii: "b"): return 8
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "u"): return try hexadecimal()
    default: throw JSONError(.malformedEscape, offset: offset - 2)
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt16 {
    guard offset + 4 <= count else { throw JSONError(.unexpectedEnd, offset: count) }
    var unit: UInt16 = 0
    for index in offset..<(offset + 4) {
      let byte = start[index]
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw JSONError(.malformedEscape, offset: offset - 2)
      }
      unit = unit << 4 | UInt16(digit)
    }
    offset += 4
    return unit
  }

  private func wellFormed(from first: Int, to end: Int) throws(JSONError) -> String {
    let piece = UnsafeBufferPointer(start: start + first, count: end - first)
    guard let text = String(validating: piece, as: UTF8.self) else {
      throw JSONError(.invalidUTF8, offset: first + Self.validPrefix(of: piece))
    }
    return text
  }

  /// How many bytes come before the first one that no well-formed text could hold there.
  private static func validPrefix(of piece: UnsafeBufferPointer<UInt8>) -> Int {
    var low = 0
    var decoder = UTF8()
    var bytes = piece.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&bytes) {
      low += UTF8.width(scalar)
    }
    return low
  }
}

/// A string under construction: UTF-8 text as long as it is well formed, units from the first unpaired surrogate on.
private struct EscapedText {
  private var text = ""
  private var units: [UInt16]?
  private var pendingHigh: UInt16?

  var finished: ScannedString {
    var copy = self
    copy.flushPending()
    return copy.units.map(ScannedString.illFormed) ?? .text(copy.text)
  }

  mutating func append(_ piece: String) {
    flushPending()
    if units != nil { units?.append(contentsOf: piece.utf16) } else { text += piece }
  }

  mutating func append(unit: UInt16) {
    if let high = pendingHigh, UTF16.isTrailSurrogate(unit) {
      pendingHigh = nil
      let pair = String(decoding: [high, unit], as: UTF16.self)
      if units != nil { units?.append(contentsOf: [high, unit]) } else { text += pair }
      return
    }
    flushPending()
    if UTF16.isLeadSurrogate(unit) {
      pendingHigh = unit
    } else if UTF16.isTrailSurrogate(unit) {
      appendLone(unit)
    } else if let scalar = Unicode.Scalar(unit) {
      if units != nil { units?.append(unit) } else { text.unicodeScalars.append(scalar) }
    }
  }

  private mutating func flushPending() {
    guard let high = pendingHigh else { return }
    pendingHigh = nil
    appendLone(high)
  }

  private mutating func appendLone(_ unit: UInt16) {
    if units == nil {
      units = Array(text.utf16)
      text = ""
    }
    units?.append(unit)
  }
}

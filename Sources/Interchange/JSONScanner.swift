/// One pass over the bytes of a JSON text.
///
/// It holds a bare pointer, because that is quick in debug builds too; it never outlives the call that made it, and
/// every read is behind a comparison with `count`.
struct JSONScanner {
  let start: UnsafePointer<UInt8>
  let count: Int
  let depthLimit: Int
  var offset = 0
  private var depth = 0

  init(start: UnsafePointer<UInt8>, count: Int, depthLimit: Int) {
    self.start = start
    self.count = count
    self.depthLimit = depthLimit
  }

  mutating func document() throws(JSONError) -> JSON {
    skipSpace()
    let value = try value()
    skipSpace()
    guard offset == count else { throw JSONError(.trailingContent, offset: offset) }
    return value
  }

  private mutating func value() throws(JSONError) -> JSON {
    guard offset < count else { throw JSONError(.unexpectedEnd, offset: offset) }
    switch start[offset] {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""):
      switch try string() {
      case .text(let text): return .string(text)
      case .illFormed(let units): return .illFormedString(units)
      }
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N"): return try word("NaN", .number("NaN"))
    case UInt8(ascii: "I"): return try word("Infinity", .number("Infinity"))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case let byte: throw JSONError(.unexpectedByte(byte, expected: "a value"), offset: offset)
    }
  }

  private mutating func array() throws(JSONError) -> JSON {
    try enter()
    var items: [JSON] = []
    if !take(UInt8(ascii: "]")) {
      repeat {
        skipSpace()
        items.append(try value())
        skipSpace()
      } while take(UInt8(ascii: ","))
      try expect(UInt8(ascii: "]"), "`,` or `]`")
    }
    depth -= 1
    return .array(items)
  }

  private mutating func object() throws(JSONError) -> JSON {
    try enter()
    var members = MemberList()
    if !take(UInt8(ascii: "}")) {
      repeat {
        skipSpace()
        guard offset < count else { throw JSONError(.unexpectedEnd, offset: offset) }
        guard start[offset] == UInt8(ascii: "\"") else {
          throw JSONError(.unexpectedByte(start[offset], expected: "a key"), offset: offset)
        }
        let key = try string()
        skipSpace()
        try expect(UInt8(ascii: ":"), "`:`")
        skipSpace()
        members.set(key, try value())
        skipSpace()
      } while take(UInt8(ascii: ","))
      try expect(UInt8(ascii: "}"), "`,` or `}`")
    }
    depth -= 1
    return .object(members.members)
  }

  /// Steps over the opening bracket and the space after it.
  private mutating func enter() throws(JSONError) {
    guard depth < depthLimit else { throw JSONError(.tooDeep(limit: depthLimit), offset: offset) }
    depth += 1
    offset += 1
    skipSpace()
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    let length = word.utf8CodeUnitCount
    guard offset + length <= count else { throw JSONError(.unexpectedEnd, offset: offset) }
    for index in 0..<length where start[offset + index] != word.utf8Start[index] {
      let byte = start[offset + index]
      throw JSONError(.unexpectedByte(byte, expected: "`\(word)`"), offset: offset + index)
    }
    offset += length
    return value
  }

  private mutating func number() throws(JSONError) -> JSON {
    let first = offset
    if start[offset] == UInt8(ascii: "-") {
      offset += 1
      if offset < count, start[offset] == UInt8(ascii: "I") {
        return try word("Infinity", .number("-Infinity"))
      }
    }
    let leading = offset
    guard skipDigits() else { throw JSONError(.malformedNumber, offset: first) }
    if start[leading] == UInt8(ascii: "0"), offset > leading + 1 {
      throw JSONError(.malformedNumber, offset: first)
    }
    if take(UInt8(ascii: ".")), !skipDigits() {
      throw JSONError(.malformedNumber, offset: first)
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      guard skipDigits() else { throw JSONError(.malformedNumber, offset: first) }
    }
    let literal = UnsafeBufferPointer(start: start + first, count: offset - first)
    return .number(String(decoding: literal, as: UTF8.self))
  }

  private mutating func skipDigits() -> Bool {
    let first = offset
    while offset < count, start[offset] >= UInt8(ascii: "0"), start[offset] <= UInt8(ascii: "9") {
      offset += 1
    }
    return offset > first
  }

  private mutating func skipSpace() {
    while offset < count {
      switch start[offset] {
      case 0x20, 0x0A, 0x0D, 0x09: offset += 1
      default: return
      }
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard offset < count, start[offset] == byte else { return false }
    offset += 1
    return true
  }

  private mutating func expect(_ byte: UInt8, _ expected: String) throws(JSONError) {
    guard offset < count else { throw JSONError(.unexpectedEnd, offset: offset) }
    guard take(byte) else {
      throw JSONError(.unexpectedByte(start[offset], expected: expected), offset: offset)
    }
  }
}

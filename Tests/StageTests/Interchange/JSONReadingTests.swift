import Interchange
import Testing

@Suite struct `Reading JSON` {
  @Test func `every kind of value is read as it was written`() throws {
    let value = try JSON(
      parsing: #" {"a": [1, -2.50e+3, true, false, null], "b": "x\n\"\\\/é", "a b": {}} "#)
    #expect(value["a"]?[0] == .number("1"))
    #expect(value["a"]?[1] == .number("-2.50e+3"))
    #expect(value["a"]?[1]?.double == -2500)
    #expect(value["a"]?.items?.suffix(3) == [.bool(true), .bool(false), .null])
    #expect(value["b"]?.text == "x\n\"\\/é")
    #expect(value["a b"] == .object([]))
    #expect(value["c"] == nil)
    #expect(value.members?.map(\.key) == ["a", "b", "a b"])
  }

  @Test func `an integer of four hundred digits keeps them all`() throws {
    let digits = String(repeating: "7", count: 400)
    let value = try JSON(parsing: "[\(digits)]")
    #expect(value[0] == .number(digits))
    #expect(value[0]?.integer == nil)
    #expect(value[0]?.integerLiteral == digits)
  }

  @Test func `the literals that Python writes are numbers`() throws {
    let value = try JSON(parsing: "[NaN, Infinity, -Infinity]")
    #expect(value[0]?.double?.isNaN == true)
    #expect(value[1]?.double == .infinity)
    #expect(value[2]?.double == -.infinity)
    #expect(value[0]?.integerLiteral == nil)
  }

  @Test func `of a repeated key the last value wins`() throws {
    let small = try JSON(parsing: #"{"a": 1, "b": 2, "a": 3}"#)
    #expect(small == ["a": 3, "b": 2])
    let many = (0..<50).map { "\"k\($0 % 25)\": \($0)" }.joined(separator: ",")
    let large = try JSON(parsing: "{\(many)}")
    #expect(large.members?.count == 25)
    #expect(large["k3"]?.integer == 28)
  }

  @Test func `keys that only look alike stay apart`() throws {
    let value = try JSON(parsing: #"{"\#u{e9}": 1, "e\#u{301}": 2, "\ud800": 3, "\ud801": 4}"#)
    #expect(value.members?.map(\.value) == [1, 2, 3, 4])
  }

  @Test func `surrogates join in pairs, and unpaired ones are kept`() throws {
    #expect(try JSON(parsing: #""\ud83d\ude00""#) == .string("😀"))
    #expect(try JSON(parsing: #""a\ud800b""#) == .illFormedString([0x61, 0xD800, 0x62]))
    #expect(try JSON(parsing: #""\ude00\ud83d""#) == .illFormedString([0xDE00, 0xD83D]))
    #expect(
      try JSON(parsing: #""\ud83d\ud83d\ude00é""#)
        == .illFormedString([0xD83D, 0xD83D, 0xDE00, 0xE9]))
    #expect(try JSON(parsing: #""\ud800\n""#) == .illFormedString([0xD800, 0x0A]))
    #expect(try JSON(parsing: #""a\ud800b""#).text == "a\u{FFFD}b")
  }

  @Test func `a zero byte and line separators come through`() throws {
    #expect(try JSON(parsing: "\"a\\u0000\u{2028}\"") == .string("a\0\u{2028}"))
  }

  @Test(arguments: [60_000, 513])
  func `nesting beyond the limit is an error and no overflow`(depth: Int) {
    let open = [UInt8](repeating: UInt8(ascii: "["), count: depth)
    let close = [UInt8](repeating: UInt8(ascii: "]"), count: depth)
    #expect(throws: JSONError(.tooDeep(limit: 512), offset: 512)) {
      try JSON(parsing: open + close)
    }
    #expect(throws: JSONError(.tooDeep(limit: 512), offset: 5 * 512)) {
      try JSON(parsing: Array(String(repeating: "{\"a\":", count: depth).utf8))
    }
  }

  @Test func `nesting at the deepest limit can be read, written and dropped`() throws {
    let depth = JSON.deepestLimit
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(try JSON(parsing: text, depthLimit: .max).text(.compact) == text)
    #expect(throws: JSONError.self) { try JSON(parsing: "[" + text + "]", depthLimit: .max) }
  }

  @Test(arguments: [
    ("", 0), ("  ", 2), ("[1,]", 3), ("{\"a\" 1}", 5), ("{a: 1}", 1), ("tru", 0), ("trux", 3),
    ("01", 0), ("-", 0), ("1.", 0), ("1e+", 0), ("\"a", 2), ("\"\\x\"", 1), ("\"\\u12g4\"", 1),
    ("[1] 2", 4), ("\"a\nb\"", 2), ("[1 2]", 3), ("+1", 0), ("'a'", 0), ("\u{FEFF}1", 0),
    ("{\"a\":1,}", 7), ("[", 1), ("\"\\u12", 5),
  ])
  func `what is malformed is refused where it goes wrong`(text: String, offset: Int) {
    #expect {
      try JSON(parsing: text)
    } throws: { error in
      (error as? JSONError)?.offset == offset
    }
  }

  @Test func `invalid UTF-8 is refused with its place`() {
    #expect(throws: JSONError(.invalidUTF8, offset: 4)) {
      try JSON(parsing: [0x22, 0x61, 0xC3, 0xA9, 0xFF, 0x22])
    }
    // A surrogate in UTF-8, and an overlong zero.
    #expect(throws: JSONError(.invalidUTF8, offset: 1)) {
      try JSON(parsing: [0x22, 0xED, 0xA0, 0x80, 0x22])
    }
    #expect(throws: JSONError(.invalidUTF8, offset: 1)) {
      try JSON(parsing: [0x22, 0xC0, 0x80, 0x22])
    }
  }

  @Test func `an error says what and where`() {
    let error = JSONError(.unexpectedByte(UInt8(ascii: "]"), expected: "a value"), offset: 3)
    #expect(error.description == "found `]` where a value was expected, at byte 3")
  }
}

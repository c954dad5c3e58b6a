import Failures
import Intake
import Testing

@Suite struct `Reading variables` {
  private func variable(_ value: String, meta: String = "null") throws -> CapturedValue? {
    try readEvent(eventText(variables: #"{"v": \#(value)}"#, meta: #"{"v": \#(meta)}"#))
      .exception?.frames.first?.variable("v")
  }

  private func list(_ count: Int) -> (text: String, value: CapturedValue) {
    let numbers = (0..<count).map(String.init)
    return (
      "[" + numbers.map { "\"\($0)\"" }.joined(separator: ",") + "]",
      .list(numbers.map(CapturedValue.integer))
    )
  }

  @Test func `ten items without a word are suspicious, other counts are not`() throws {
    for count in [0, 1, 9, 11, 25] {
      #expect(try variable(list(count).text) == list(count).value)
    }
    #expect(
      try variable(list(10).text) == .truncated(known: list(10).value, certain: false))
    let map = "{" + (0..<10).map { "\"k\($0)\": \"1\"" }.joined(separator: ",") + "}"
    guard case .truncated(.map(let entries), certain: false) = try variable(map) else {
      Issue.record("a map of ten entries is not marked")
      return
    }
    #expect(entries.count == 10 && entries.first?.key == .string("k0"))
  }

  @Test func `a cut list is marked, a whole one with its length is not`() throws {
    #expect(
      try variable(list(10).text, meta: #"{"": {"len": 15}}"#)
        == .truncated(known: list(10).value, certain: true))
    #expect(try variable(list(10).text, meta: #"{"": {"len": 10}}"#) == list(10).value)
  }

  @Test func `annotations inside a value reach its parts`() throws {
    let meta = #"{"1": {"k": {"": {"rem": [["!config", "s"]]}}}}"#
    #expect(
      try variable(#"["1", {"k": "'p'"}]"#, meta: meta)
        == .list([
          .integer("1"),
          .map([MapEntry(key: .string("k"), value: .redacted(kind: "filtered"))]),
        ]))
  }

  @Test(arguments: [
    (#""[Filtered]""#, "null", CapturedValue.redacted(kind: "filtered")),
    (#""********""#, "null", .redacted(kind: "filtered")),
    (#"null"#, #"{"": {"rem": [["@password:filter", "x"]]}}"#, .redacted(kind: "password")),
    (
      #""'abc'""#, #"{"": {"len": 602, "rem": [["!limit", "x", 509, 512]]}}"#,
      .truncated(known: .string("abc"), certain: true)
    ),
    (
      #""'mail [email] me'""#, #"{"": {"rem": [["@email:replace", "s", 6, 13]]}}"#,
      .truncated(known: .string("mail [email] me"), certain: true)
    ),
    (#""'ab'""#, #"{"": {"len": 4}}"#, .string("ab")),
    (#""<cyclic>""#, "null", .opaque(type: nil, description: "<cyclic>")),
    ("true", "null", .bool(true)), ("null", "null", .null), ("-0", "null", .integer("0")),
    ("1.5", "null", .float(1.5)), ("Infinity", "null", .float(.infinity)),
    (#""a\ud800""#, "null", .opaque(type: nil, description: "a\u{FFFD}")),
    (#""'a\u0000\u2028b'""#, "null", .string("a\0\u{2028}b")),
  ])
  func `each leaf says what is known of it`(
    value: String, meta: String, expected: CapturedValue
  ) throws {
    #expect(try variable(value, meta: meta) == expected)
  }

  @Test func `keys are strings as they are shown, in order`() throws {
    guard case .map(let entries) = try variable(#"{"1": "'t'", "None": "2", "(1, 2)": "3"}"#)
    else {
      Issue.record("no map")
      return
    }
    #expect(entries.map(\.key) == [.string("1"), .string("None"), .string("(1, 2)")])
  }

  @Test func `an integer of four hundred digits and a repeated key are read`() throws {
    let digits = String(repeating: "9", count: 400)
    #expect(try variable(digits) == .integer(digits))
    #expect(
      try readEvent(eventText(variables: #"{"v": "1", "v": "2"}"#)).exception?.frames.first?
        .variables == [NamedValue("v", .integer("2"))])
    guard case .float(let number) = try variable("NaN") else {
      Issue.record("not a float")
      return
    }
    #expect(number.isNaN)
  }

  @Test func `a value at the deepest nesting is read and scrubbed`() throws {
    let depth = 500
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let event = try readEvent(eventText(variables: #"{"v": \#(text)}"#))
    #expect(Scrubber(key: ScrubKey()).scrubbed(event).event == event)
  }
}

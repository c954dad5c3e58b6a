import Failures
import Intake
import Interchange
import Testing

@Suite struct `Reading an envelope` {
  static let event = #"{"platform":"python","exception":{"values":[{"type":"E","value":"v"}]}}"#
  static let header = #"{"event_id":"abc","sent_at":"2026-01-01T00:00:00Z"}"#

  @Test func `the event is found with and without its length`() throws {
    let length = Self.event.utf8.count
    for text in [
      "\(Self.header)\n{\"type\":\"event\",\"length\":\(length)}\n\(Self.event)\n",
      "\(Self.header)\n{\"type\":\"event\"}\n\(Self.event)",
      "\(Self.header)\n{\"type\":\"event\",\"length\":null}\n\(Self.event)\n\n",
      "{}\r\n{\"type\":\"event\"}\r\n\(Self.event)\r\n",
    ] {
      let event = try readEvent(text)
      #expect(event.exception?.type == "E")
      if !text.hasPrefix("{}") { #expect(event.identifier == "abc") }
    }
  }

  @Test func `other items are stepped over, whatever is in them`() throws {
    let noise = "{\"type\":\"attachment\",\"length\":9}\nnot\njson\n"
    let second = #"{"exception":{"values":[{"type":"Second"}]}}"#
    let event = try readEvent(
      """
      \(Self.header)
      \(noise)
      {"type":"sessions"}
      whatever
      {"type":"event"}
      \(Self.event)
      {"type":"event"}
      \(second)
      """)
    #expect(event.exception?.type == "E")
  }

  @Test func `an envelope without an event says what it holds`() {
    #expect(throws: IntakeError.noEventItem(types: ["transaction", "a??b"])) {
      try readEvent("\(Self.header)\n{\"type\":\"transaction\"}\n{}\n{\"type\":\"a\\n`b\"}\n{}\n")
    }
    #expect(throws: IntakeError.noEventItem(types: [])) { try readEvent("\(Self.header)\n") }
  }

  @Test(arguments: [
    "broken", #"{"length": 5}"#, #"{"type": "event", "length": 9999999}"#,
    #"{"type": "event", "length": -1}"#, #"{"type": "event", "length": "5"}"#,
  ])
  func `items that cannot be told apart are refused`(item: String) {
    #expect {
      try readEvent("\(Self.header)\n\(item)\n\(Self.event)\n")
    } throws: { error in
      guard case .malformedEnvelope(_, let offset) = error as? IntakeError else { return false }
      return offset == Self.header.utf8.count + 1
    }
  }

  @Test func `a damaged payload is named with its place in the file`() {
    let start = "\(Self.header)\n{\"type\":\"event\"}\n"
    #expect {
      try readEvent(start + "[1,]\n")
    } throws: { error in
      (error as? IntakeError)
        == .notJSON(
          JSONError(
            .unexpectedByte(UInt8(ascii: "]"), expected: "a value"), offset: start.utf8.count + 3))
    }
  }
}

@Suite struct `Refusing what is no event` {
  @Test(arguments: ["", "  \n", "\u{FEFF}"])
  func `nothing is empty`(text: String) {
    #expect(throws: IntakeError.empty) { try readEvent(text) }
  }

  @Test(arguments: ["{}", "[]", "5", #""text""#, #"{"event_id": "a", "platform": "python"}"#])
  func `JSON of something else is refused`(text: String) {
    #expect(throws: IntakeError.notAnEvent) { try readEvent(text) }
  }

  @Test(arguments: [
    (#"{"exception": 5}"#, "exception"), (#"{"exception": {"values": {}}}"#, "exception.values"),
    (#"{"exception": {"values": ["x"]}}"#, "exception.values[0]"),
    (
      #"{"exception": [{"stacktrace": {"frames": [{"lineno": "9"}]}}]}"#,
      "exception[0].stacktrace.frames[0].lineno"
    ),
    (
      #"{"exception": [{"stacktrace": {"frames": [{"vars": "s3cret"}]}}]}"#,
      "exception[0].stacktrace.frames[0].vars"
    ),
    (#"{"message": "m", "request": []}"#, "request"),
    (#"{"message": "m", "breadcrumbs": "x"}"#, "breadcrumbs"),
    (#"{"message": "m", "release": 5}"#, "release"),
  ])
  func `a wrong shape is named by its path, and nothing is half read`(text: String, path: String) {
    #expect {
      try readEvent(text)
    } throws: { error in
      guard case .wrongShape(let found, _) = error as? IntakeError else { return false }
      return found == path && !"\(error)".contains("s3cret")
    }
  }

  @Test func `hostile bytes end in a clear error`() {
    #expect(throws: IntakeError.notJSON(JSONError(.tooDeep(limit: 512), offset: 512))) {
      try readEvent(String(repeating: "[", count: 60_000))
    }
    let line = #"{"exception":{"values":[{"type":"E","value":"#
    #expect(
      throws: IntakeError.notJSON(JSONError(.invalidUTF8, offset: line.utf8.count + 1))
    ) {
      try eventReader.read(Array(line.utf8) + [0x22, 0xFF, 0x22])
    }
    #expect(throws: IntakeError.self) { try eventReader.read([0, 1, 2, 3]) }
    #expect(throws: IntakeError.damagedCompression) { try eventReader.read([0x1F, 0x8B, 8, 0]) }
  }

  @Test(arguments: 0..<150 as Range<UInt64>)
  func `a damaged event is read or refused`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var bytes = Array(`Reading an event`.full.utf8)
    for _ in 0..<3 {
      let position = Int.random(in: 0..<bytes.count, using: &generator)
      switch seed % 3 {
      case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.remove(at: position)
      default: bytes.swapAt(position, Int.random(in: 0..<bytes.count, using: &generator))
      }
    }
    if let event = try? eventReader.read(bytes) {
      let scrubber = Scrubber(key: ScrubKey())
      let once = scrubber.scrubbed(event)
      #expect(scrubber.scrubbed(once.event, after: once.ledger).event == once.event)
    }
  }

  @Test func `errors say what happened, why, and what helps`() {
    #expect(
      IntakeError.noEventItem(types: ["transaction"]).description == """
        the envelope holds no event, only `transaction`
        hint: an error event is an item of the type `event`
        """)
    #expect(
      IntakeError.wrongShape(path: "exception", expected: "an object").description
        == "the event cannot be read: `exception` is not an object")
    #expect(
      IntakeError.tooLarge(limit: 64 << 20).description
        == "the event is larger than 64 MB: senders cut theirs far below that")
  }
}

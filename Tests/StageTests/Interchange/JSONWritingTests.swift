import Interchange
import Testing

@Suite struct `Writing JSON` {
  @Test func `what any log or script would trip over is escaped`() {
    let value = JSON.string("a\"\\\n\u{1}\u{2028}\u{2029}é/")
    #expect(value.text(.compact) == #""a\"\\\n\u0001\u2028\u2029é/""#)
    #expect(JSON.illFormedString([0x61, 0xD800, 0xE9]).text(.compact) == #""a\ud800\u00e9""#)
  }

  @Test func `the pretty layout has a line a member, in their order`() {
    let value: JSON = ["b": [1, 2.5], "a": ["x": nil], "empty": [], "none": [:]]
    #expect(
      value.text(.pretty) == """
        {
          "b": [
            1,
            2.5
          ],
          "a": {
            "x": null
          },
          "empty": [],
          "none": {}
        }
        """)
    #expect(value.text(.compact) == #"{"b":[1,2.5],"a":{"x":null},"empty":[],"none":{}}"#)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `what is written is read back equal`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let value = JSON.random(depth: 5, using: &generator)
    for layout in [JSON.Layout.compact, .pretty] {
      let bytes = value.bytes(layout)
      let again = try JSON(parsing: bytes)
      #expect(again == value)
      #expect(again.bytes(layout) == bytes)
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `damaged text is read or refused, and never more than that`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var bytes = JSON.random(depth: 4, using: &generator).bytes()
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let position = bytes.indices.randomElement(using: &generator) ?? 0
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.remove(at: position)
      default: bytes = Array(bytes.prefix(position))
      }
    }
    do throws(JSONError) {
      let value = try JSON(parsing: bytes)
      #expect((try? JSON(parsing: value.bytes())) == value)
    } catch {
      #expect((0...bytes.count).contains(error.offset))
    }
  }
}

extension JSON {
  static func random(depth: Int, using generator: inout SeededGenerator) -> JSON {
    let texts = [
      "", "a", "é\u{2028}", "\"\\\n\0", "😀", "password", String(repeating: "x", count: 40),
    ]
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
    case 0: return .null
    case 1: return .bool(.random(using: &generator))
    case 2: return .integer(.random(in: -1000...1000, using: &generator))
    case 3: return .double(.random(in: -1e9...1e9, using: &generator))
    case 4: return .string(texts.randomElement(using: &generator) ?? "")
    case 5: return .illFormedString([0xD800, UInt16.random(in: 0..<0xD800, using: &generator)])
    case 6:
      return .array(
        (0..<Int.random(in: 0...14, using: &generator)).map { _ in
          random(depth: depth - 1, using: &generator)
        })
    default:
      return .object(
        (0..<Int.random(in: 0...14, using: &generator)).map { number in
          Member(
            (texts.randomElement(using: &generator) ?? "") + String(number),
            random(depth: depth - 1, using: &generator))
        })
    }
  }
}

extension JSON {
  public enum Layout: Sendable {
    /// One line without spaces.
    case compact
    /// A member or item a line, indented by two spaces.
    case pretty
  }

  /// The value as text, members in their order.
  ///
  /// What is read back equals what was written. Unpaired surrogates, control characters, U+2028 and U+2029 are
  /// escaped, so that the text can stand in a line of any log or script.
  public func text(_ layout: Layout) -> String {
    String(decoding: bytes(layout), as: UTF8.self)
  }

  /// The same as UTF-8.
  public func bytes(_ layout: Layout = .compact) -> [UInt8] {
    var writer = JSONWriter(layout: layout)
    writer.write(self)
    return writer.output
  }
}

private struct JSONWriter {
  let layout: JSON.Layout
  var output: [UInt8] = []
  private var depth = 0

  init(layout: JSON.Layout) { self.layout = layout }

  mutating func write(_ value: JSON) {
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .number(let literal): append(literal)
    case .string(let text): writeString(text)
    case .illFormedString(let units): writeUnits(units)
    case .array(let items):
      writeContainer("[", "]", count: items.count) { writer, position in
        writer.write(items[position])
      }
    case .object(let members):
      writeContainer("{", "}", count: members.count) { writer, position in
        writer.writeMember(members[position])
      }
    }
  }

  private mutating func writeMember(_ member: JSON.Member) {
    if let units = member.illFormedKey { writeUnits(units) } else { writeString(member.key) }
    append(layout == .pretty ? ": " : ":")
    write(member.value)
  }

  private mutating func writeContainer(
    _ open: String, _ close: String, count: Int, _ writeItem: (inout JSONWriter, Int) -> Void
  ) {
    append(open)
    depth += 1
    for position in 0..<count {
      if position > 0 { append(",") }
      breakLine()
      writeItem(&self, position)
    }
    depth -= 1
    if count > 0 { breakLine() }
    append(close)
  }

  private mutating func breakLine() {
    guard layout == .pretty else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
  }

  private mutating func append(_ text: String) { output.append(contentsOf: text.utf8) }

  /// Copies the stretches between escapes whole, which is what makes it quick.
  private mutating func writeString(_ text: String) {
    var text = text
    output.append(UInt8(ascii: "\""))
    text.withUTF8 { buffer in
      guard let start = buffer.baseAddress else { return }
      let count = buffer.count
      var copied = 0
      var position = 0
      while position < count {
        let byte = start[position]
        var escaped: UInt16?
        var width = 1
        if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
          escaped = UInt16(byte)
        } else if byte == 0xE2, position + 2 < count, start[position + 1] == 0x80,
          start[position + 2] == 0xA8 || start[position + 2] == 0xA9
        {
          escaped = 0x2028 + UInt16(start[position + 2] - 0xA8)
          width = 3
        }
        if let escaped {
          output.append(
            contentsOf: UnsafeBufferPointer(start: start + copied, count: position - copied))
          writeEscape(escaped)
          copied = position + width
        }
        position += width
      }
      output.append(contentsOf: UnsafeBufferPointer(start: start + copied, count: count - copied))
    }
    output.append(UInt8(ascii: "\""))
  }

  private mutating func writeUnits(_ units: [UInt16]) {
    output.append(UInt8(ascii: "\""))
    for unit in units {
      if (0x20..<0x7F).contains(unit), unit != 0x22, unit != 0x5C {
        output.append(UInt8(unit))
      } else {
        writeEscape(unit)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  private mutating func writeEscape(_ unit: UInt16) {
    switch unit {
    case 0x22: append("\\\"")
    case 0x5C: append("\\\\")
    case 8: append("\\b")
    case 9: append("\\t")
    case 10: append("\\n")
    case 12: append("\\f")
    case 13: append("\\r")
    default:
      let digits = String(unit, radix: 16)
      append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
    }
  }
}

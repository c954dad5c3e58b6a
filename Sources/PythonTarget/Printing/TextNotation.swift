/// Python's notation for strings and bytes: readable, in the quotes that the formatter black would choose,
/// with every character escaped that a reader could not see or that would change what the reader sees.
enum TextNotation {
  static func string(_ text: String) -> String {
    quoted(Array(text.unicodeScalars))
  }

  /// Lines for an implicit concatenation, each with its line break.
  static func lines(_ text: String) -> [String] {
    var lines: [String] = []
    var line: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      line.append(scalar)
      if scalar == "\n" {
        lines.append(quoted(line))
        line = []
      }
    }
    if !line.isEmpty { lines.append(quoted(line)) }
    return lines
  }

  /// A string with unpaired surrogates; paired ones are printed as the character that they form.
  static func string(units: [UInt16]) -> String {
    let quote = preferredQuote(
      doubles: units.count { $0 == 0x22 }, singles: units.count { $0 == 0x27 })
    var body = String(quote)
    var position = 0
    var scalars: [Unicode.Scalar] = []
    while position < units.count {
      let unit = units[position]
      if let scalar = Unicode.Scalar(UInt32(unit)) {
        scalars.append(scalar)
      } else if unit < 0xDC00, position + 1 < units.count,
        (0xDC00..<0xE000).contains(units[position + 1]),
        let scalar = Unicode.Scalar(
          0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(units[position + 1]) - 0xDC00))
      {
        scalars.append(scalar)
        position += 1
      } else {
        body += escaped(scalars, quote: quote)
        body += "\\u" + hexadecimal(UInt32(unit), width: 4)
        scalars = []
      }
      position += 1
    }
    return body + escaped(scalars, quote: quote) + String(quote)
  }

  static func bytes(_ bytes: [UInt8]) -> String {
    let quote = preferredQuote(
      doubles: bytes.count { $0 == UInt8(ascii: "\"") },
      singles: bytes.count { $0 == UInt8(ascii: "'") })
    var body = "b" + String(quote)
    for byte in bytes {
      let scalar = Unicode.Scalar(byte)
      if byte < 0x80 {
        append(scalar, to: &body, quote: quote, isFirst: false)
      } else {
        body += "\\x" + hexadecimal(UInt32(byte), width: 2)
      }
    }
    return body + String(quote)
  }

  private static func quoted(_ scalars: [Unicode.Scalar]) -> String {
    let quote = preferredQuote(
      doubles: scalars.count { $0 == "\"" }, singles: scalars.count { $0 == "'" })
    return String(quote) + escaped(scalars, quote: quote) + String(quote)
  }

  private static func preferredQuote(doubles: Int, singles: Int) -> Unicode.Scalar {
    doubles > singles ? "'" : "\""
  }

  private static func escaped(_ scalars: [Unicode.Scalar], quote: Unicode.Scalar) -> String {
    var body = ""
    for (position, scalar) in scalars.enumerated() {
      append(scalar, to: &body, quote: quote, isFirst: position == 0)
    }
    return body
  }

  private static func append(
    _ scalar: Unicode.Scalar, to body: inout String, quote: Unicode.Scalar, isFirst: Bool
  ) {
    switch scalar {
    case "\\": body += "\\\\"
    case "\n": body += "\\n"
    case "\r": body += "\\r"
    case "\t": body += "\\t"
    case quote:
      body += "\\"
      body.unicodeScalars.append(scalar)
    case " "..."~": body.unicodeScalars.append(scalar)
    default:
      if isReadable(scalar, isFirst: isFirst) {
        body.unicodeScalars.append(scalar)
      } else if scalar.value < 0x100 {
        body += "\\x" + hexadecimal(scalar.value, width: 2)
      } else if scalar.value < 0x10000 {
        body += "\\u" + hexadecimal(scalar.value, width: 4)
      } else {
        body += "\\U" + hexadecimal(scalar.value, width: 8)
      }
    }
  }

  /// Controls, formats (among them all that turn the direction of text), separators and unassigned
  /// characters are not; a mark is not where it would join the quote.
  private static func isReadable(_ scalar: Unicode.Scalar, isFirst: Bool) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      false
    case .nonspacingMark, .enclosingMark, .spacingMark: !isFirst
    default: !scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  static func hexadecimal(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// Text of others, made fit for a line.
enum SafeText {
  /// What can stand between backticks in an error.
  static func literal(_ text: String, limit: Int) -> String {
    String(line(text, limit: limit).map { $0 == "`" ? "'" : $0 })
  }

  /// One line without control, format and private characters; cut at `limit`, with a mark.
  static func line(_ text: String, limit: Int) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(limit * 4) {
      if isVisible(scalar), !scalar.properties.isWhitespace {
        line.append(scalar)
      } else if let last = line.last, last != " " {
        line.append(" ")
      }
    }
    if line.last == " " { line.removeLast() }
    let isCut = line.count > limit || text.unicodeScalars.dropFirst(limit * 4).first != nil
    return isCut ? String(String(line).prefix(limit - 1)) + "…" : String(line)
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      false
    default: true
    }
  }

  /// An address that can be shown as a link: `http` or `https`, visible ASCII, nothing that ends an attribute.
  static func link(_ text: String?) -> String? {
    guard
      let text, text.utf8.count <= 2000, text.hasPrefix("https://") || text.hasPrefix("http://"),
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !Array("\"'<>`\\".utf8).contains($0) })
    else { return nil }
    return text
  }

  /// A commit's id in full.
  static func commit(_ text: String?) -> String? {
    guard
      let text, text.utf8.count == 40 || text.utf8.count == 64,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    return text
  }

  /// A step of a path or a value of a query: everything but what RFC 3986 reserves to nobody is encoded.
  static func encoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
      if isPlain {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        encoded += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return encoded
  }
}

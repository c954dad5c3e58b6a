import Failures

/// The textual shapes of names and values in requests.
enum FormText {
  /// `a=1&b=x+y%21`: percent and plus decoded; what is not valid UTF-8 after that stays as it was.
  static func fields(_ text: String) -> [NamedValue] {
    let text = text.hasPrefix("?") ? text.dropFirst() : text[...]
    return text.split(separator: "&").map { field in
      let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return NamedValue(decoded(parts[0]), .string(parts.count > 1 ? decoded(parts[1]) : ""))
    }
  }

  /// `a=1; b=2`.
  static func cookies(_ text: String) -> [NamedValue] {
    text.split(separator: ";").map { cookie in
      let parts = cookie.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return NamedValue(
        trimmed(parts[0]), .string(parts.count > 1 ? trimmed(parts[1]) : ""))
    }
  }

  /// A line a header.
  static func headers(_ text: String) -> [NamedValue] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return NamedValue(
        trimmed(line[..<colon]), .string(trimmed(line[line.index(after: colon)...])))
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }

  private static func decoded(_ text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) || text.utf8.contains(UInt8(ascii: "+")) else {
      return String(text)
    }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = hexadecimal(rest[rest.startIndex], rest[rest.startIndex + 1])
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(validating: bytes, as: UTF8.self) ?? String(text)
  }

  private static func hexadecimal(_ high: UInt8, _ low: UInt8) -> UInt8? {
    let text = String(decoding: [high, low], as: UTF8.self)
    return text.contains("+") || text.contains("-") ? nil : UInt8(text, radix: 16)
  }
}

extension RequestRecord {
  /// The fields of an address's query, decoded.
  public static func query(of address: String) -> [NamedValue] {
    guard let mark = address.firstIndex(of: "?") else { return [] }
    return FormText.fields(String(address[address.index(after: mark)...].prefix { $0 != "#" }))
  }
}

import Failures

/// Frameworks' notations of a request object: `<WSGIRequest: GET '/path?query'>`, `<Request 'http://host/path' [GET]>`.
enum ShownRequest {
  @Sendable static func read(_ value: CapturedValue) -> RequestRecord? {
    guard case .opaque(_, let description) = value, description.hasPrefix("<"),
      let target = quoted(in: description), target.contains("/")
    else { return nil }
    let words = description.split { !$0.isLetter }.map(String.init)
    guard words.first?.hasSuffix("Request") ?? false,
      let method = words.first(where: methods.contains)
    else { return nil }
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    return RequestRecord(
      method: method, url: parts[0], query: parts.count == 2 ? pairs(parts[1]) : [])
  }

  private static let methods: Set<String> = [
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS",
  ]

  private static func quoted(in text: String) -> String? {
    let parts = text.split(separator: "'", omittingEmptySubsequences: false)
    return parts.count >= 3 ? String(parts[1]) : nil
  }

  private static func pairs(_ query: String) -> [NamedValue] {
    query.split(separator: "&").map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1).map { decoded(String($0)) }
      return NamedValue(sides.first ?? "", .string(sides.count == 2 ? sides[1] : ""))
    }
  }

  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      rest = rest.dropFirst()
      if byte == UInt8(ascii: "+") {
        bytes.append(UInt8(ascii: " "))
      } else if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

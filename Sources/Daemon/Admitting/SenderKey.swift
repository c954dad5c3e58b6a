/// The key that a Sentry client sends: in a header, in the query, or in the envelope's own header.
enum SenderKey {
  /// From `X-Sentry-Auth` or `Authorization`: `Sentry sentry_key=…, sentry_version=7`.
  static func inHeader(_ text: String) -> String? {
    guard text.count < 1024 else { return nil }
    let fields = text.drop { $0 != " " }.isEmpty ? text[...] : text.drop { $0 != " " }
    for field in fields.split(separator: ",") {
      let parts = field.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, trimmed(parts[0]) == "sentry_key" else { continue }
      return accepted(trimmed(parts[1]))
    }
    return nil
  }

  /// From `?sentry_key=…`.
  static func inQuery(_ query: String) -> String? {
    for field in query.split(separator: "&") {
      let parts = field.split(separator: "=", maxSplits: 1)
      if parts.count == 2, parts[0] == "sentry_key" { return accepted(String(parts[1])) }
    }
    return nil
  }

  /// From a DSN, `scheme://KEY@host/id`.
  static func inDSN(_ dsn: String) -> String? {
    guard let scheme = dsn.range(of: "://"), let at = dsn.firstIndex(of: "@"),
      scheme.upperBound < at
    else { return nil }
    let user = dsn[scheme.upperBound..<at].prefix { $0 != ":" }
    return accepted(String(user))
  }

  /// A key of ours and of Sentry's is 32 hexadecimal digits; nothing longer is looked up.
  static func accepted(_ key: String) -> String? {
    key.utf8.count <= 64 && !key.isEmpty && key.allSatisfy { $0.isHexDigit }
      ? key.lowercased() : nil
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

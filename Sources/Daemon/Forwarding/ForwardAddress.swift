/// The DSN that a team has today, as the addresses that envelopes go to.
struct ForwardAddress: Sendable, Hashable {
  let key: String
  /// Scheme, host, port and path, up to `/api/`.
  let base: String
  let project: String

  /// `nil` for what is no DSN: `scheme://KEY@HOST/PATH/PROJECT`.
  init?(_ dsn: String) {
    guard let scheme = dsn.range(of: "://"), let at = dsn.firstIndex(of: "@"),
      scheme.upperBound < at,
      dsn.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    let name = String(dsn[..<scheme.lowerBound])
    let rest = dsn[dsn.index(after: at)...]
    let parts = rest.split(separator: "/")
    guard name == "https" || name == "http", parts.count >= 2, let project = parts.last,
      let key = dsn[scheme.upperBound..<at].split(separator: ":").first
    else { return nil }
    self.key = String(key)
    self.project = String(project)
    base = "\(name)://" + parts.dropLast().joined(separator: "/")
  }

  func url(_ form: Delivery.Form) -> String {
    "\(base)/api/\(project)/\(form == .envelope ? "envelope" : "store")/"
  }

  /// What lets a sender in there.
  var authorization: String {
    "Sentry sentry_version=7, sentry_client=nevermore, sentry_key=\(key)"
  }
}

import Foundation

/// The parts of an address that decide who may see a request.
struct WebAddress: Sendable {
  private let parts: URLComponents

  /// `nil` for what is not absolute, of another scheme, or holds user and password.
  init?(_ text: String) {
    guard
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let parts = URLComponents(string: text),
      let scheme = parts.scheme?.lowercased(), scheme == "http" || scheme == "https",
      let host = parts.host, !host.isEmpty, parts.user == nil, parts.password == nil
    else { return nil }
    self.parts = parts
  }

  /// Scheme, host and port: what a token was meant for.
  var origin: String {
    let scheme = parts.scheme?.lowercased() ?? ""
    let port = parts.port ?? (scheme == "https" ? 443 : 80)
    return "\(scheme)://\(parts.host?.lowercased() ?? ""):\(port)"
  }

  /// Where a `Location` of an answer from here leads, if that is the same origin; `nil` for every other.
  func redirected(to location: String) -> String? {
    guard
      let here = parts.url, let there = URL(string: location, relativeTo: here)?.absoluteString,
      let address = WebAddress(there), address.origin == origin
    else { return nil }
    return there
  }
}

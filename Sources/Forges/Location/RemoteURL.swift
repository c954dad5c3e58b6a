/// What a git remote's address says about host and path: `https://`, `ssh://` and `git@host:path`.
struct RemoteURL: Sendable, Hashable {
  /// Without user and password, in lower case.
  var host: String
  /// The port of an `http` or `https` remote: a forge's interface is not on the port of its ssh.
  var port: Int?
  var isPlain: Bool
  /// Without slashes at its ends and without `.git`.
  var path: Substring

  private static let lengthLimit = 2000

  init?(_ text: String) {
    // A browser takes a backslash for a slash, git does not: what two read as two hosts is none.
    guard
      text.utf8.count <= Self.lengthLimit,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
    else { return nil }
    let authority: Substring
    let scheme: Substring
    if let mark = text.firstRange(of: "://") {
      scheme = text[..<mark.lowerBound]
      guard ["https", "http", "ssh", "git+ssh"].contains(scheme.lowercased()) else { return nil }
      let rest = text[mark.upperBound...]
      let slash = rest.firstIndex(of: "/") ?? rest.endIndex
      authority = rest[..<slash]
      path = rest[slash...]
    } else {
      // `git@host:path`; a slash before the colon makes it a folder of this machine.
      guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") else { return nil }
      scheme = "ssh"
      authority = text[..<colon]
      path = text[text.index(after: colon)...]
    }
    guard let place = HostAndPort(authority.split(separator: "@").last ?? "") else { return nil }
    host = place.host
    port = scheme.lowercased().hasPrefix("http") ? place.port : nil
    isPlain = scheme.lowercased() == "http"
    while path.hasPrefix("/") { path = path.dropFirst() }
    while path.hasSuffix("/") { path = path.dropLast() }
    if path.hasSuffix(".git") { path = path.dropLast(4) }
  }

  /// The repository's name where the forge itself lives below a path.
  func repository(below base: String) -> Substring? {
    let prefix = base.drop { $0 == "/" }
    if !prefix.isEmpty, path.hasPrefix("\(prefix)/") {
      return path.dropFirst(prefix.count + 1)
    }
    return path.isEmpty ? nil : path
  }
}

/// `host`, `host:port` or `[address]:port`, of nothing but what names a host.
struct HostAndPort: Sendable, Hashable {
  var host: String
  var port: Int?

  init?(_ text: Substring) {
    var rest = text
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else { return nil }
      host = String(rest[...end]).lowercased()
      rest = rest[rest.index(after: end)...]
      guard host.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." })
      else { return nil }
    } else {
      let end = rest.firstIndex(of: ":") ?? rest.endIndex
      host = String(rest[..<end]).lowercased()
      rest = rest[end...]
      guard
        !host.isEmpty, host.utf8.count <= 253, host.first != "-", host.first != ".",
        host.utf8.allSatisfy({
          (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x2E
        })
      else { return nil }
    }
    guard rest.isEmpty || rest.first == ":" else { return nil }
    guard rest.count > 1 else { return }
    guard let port = Int(rest.dropFirst()), (1...65_535).contains(port) else { return nil }
    self.port = port
  }

  /// This machine itself: the only place where a token may go unencrypted without being told to.
  var isLoopback: Bool {
    let quarters = host.split(separator: ".", omittingEmptySubsequences: false)
    return host == "localhost" || host == "[::1]"
      || (quarters.count == 4 && quarters[0] == "127" && quarters.allSatisfy { UInt8($0) != nil })
  }

  var text: String { port.map { "\(host):\($0)" } ?? host }
}

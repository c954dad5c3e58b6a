/// A forge's own address: scheme, host, port and the path that it lives below.
struct ForgeAddress: Sendable, Hashable {
  var isPlain: Bool
  var place: HostAndPort
  /// Empty, or with a slash before and none behind.
  var path: String

  var host: String { place.host }

  /// An address that a person wrote: `http` is taken at its word.
  init(_ text: String) throws(ForgeLocationError) {
    let scheme = ["https://", "http://"].first { text.lowercased().hasPrefix($0) }
    guard let scheme, text.utf8.count <= 2000 else { throw .unacceptableAddress }
    let rest = text.dropFirst(scheme.count)
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    guard let place = HostAndPort(rest[..<slash]) else { throw .unacceptableAddress }
    let steps = rest[slash...].split(separator: "/")
    let isPath = steps.allSatisfy { step in
      step != "." && step != ".."
        && step.utf8.allSatisfy {
          (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
            || [0x2D, 0x2E, 0x5F, 0x7E].contains($0)
        }
    }
    guard isPath else { throw .unacceptableAddress }
    isPlain = scheme == "http://"
    self.place = place
    path = steps.map { "/\($0)" }.joined()
  }

  /// What a remote's address suggests. A token is never sent unencrypted because a remote is read so.
  init(of remote: RemoteURL?, _ kind: ForgeKind) throws(ForgeLocationError) {
    guard let remote, let host = HostAndPort(Substring(remote.host)) else { throw .noForge }
    guard !remote.isPlain || host.isLoopback else { throw .unencrypted(host: remote.host) }
    isPlain = remote.isPlain
    place = host
    place.port = remote.port
    // GitLab's groups nest, so only a setting can tell a path of the forge from a group.
    let steps = remote.path.split(separator: "/")
    let below = kind == .gitlab ? [] : steps.dropLast(2)
    path = below.map { "/\($0)" }.joined()
    guard below.isEmpty || (try? ForgeAddress("https://h\(path)")) != nil else {
      throw .unacceptableAddress
    }
  }

  func interface(_ kind: ForgeKind) -> String {
    if kind == .github, host == "github.com" || host == "api.github.com" {
      return "https://api.github.com"
    }
    return (isPlain ? "http://" : "https://") + place.text + path + kind.interfacePath
  }
}

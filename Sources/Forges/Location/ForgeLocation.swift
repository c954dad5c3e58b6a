/// A repository on a forge, and where the forge's interface is.
public struct ForgeLocation: Sendable, Hashable {
  public var kind: ForgeKind
  /// Scheme, host, port and path of the interface, without a slash at its end: the token goes nowhere else.
  public var interface: String
  /// The user, organisation or group; of GitLab with its subgroups, separated by `/`.
  public var owner: String
  public var name: String

  /// A place that was found before, and told to another process.
  public init(kind: ForgeKind, interface: String, owner: String, name: String) {
    self.kind = kind
    self.interface = interface
    self.owner = owner
    self.name = name
  }

  public var fullName: String { "\(owner)/\(name)" }
}

/// What a project says about its forge; what it leaves out is read from the remote.
public struct ForgeSetting: Sendable, Hashable {
  public var kind: ForgeKind?
  /// The forge's own address, as in a browser: `https://git.example.com/forge`.
  public var address: String?
  /// `owner/name`
  public var repository: String?

  public init(kind: ForgeKind? = nil, address: String? = nil, repository: String? = nil) {
    self.kind = kind
    self.address = address
    self.repository = repository
  }
}

extension ForgeLocation {
  /// Finds the forge of a git remote; a setting wins over what the remote's address suggests.
  public init(remote: String, setting: ForgeSetting = .init()) throws(ForgeLocationError) {
    let remote = RemoteURL(remote)
    let address = try setting.address.map { text throws(ForgeLocationError) in
      try ForgeAddress(text)
    }
    guard let host = address?.host ?? remote?.host else { throw .noForge }
    guard let kind = setting.kind ?? ForgeKind(host: host) else { throw .unknownKind(host: host) }
    let base: ForgeAddress
    if let address { base = address } else { base = try ForgeAddress(of: remote, kind) }
    let below = remote?.repository(below: base.path)
    guard let repository = setting.repository ?? below.map(String.init) else { throw .noRepository }
    var names = repository.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let mostNames = kind == .gitlab ? 21 : 2
    guard (2...mostNames).contains(names.count), names.allSatisfy(Self.isName) else {
      throw .unacceptableRepository(repository)
    }
    self.kind = kind
    interface = base.interface(kind)
    name = names.removeLast()
    owner = names.joined(separator: "/")
  }

  /// A name can be put into a path as it is, and leads nowhere else.
  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 255 && name != "." && name != ".."
      && name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || [0x2D, 0x2E, 0x5F].contains(byte)
      }
  }
}

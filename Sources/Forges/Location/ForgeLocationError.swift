/// Why it is not known where pull requests go. A remote's address can hold a password: only its host is told.
public enum ForgeLocationError: Error, Sendable, Hashable {
  case noForge
  case unknownKind(host: String)
  case unencrypted(host: String)
  case unacceptableAddress
  case noRepository
  case unacceptableRepository(String)
}

extension ForgeLocationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noForge:
      "The remote is on no forge.\nhint: set the forge's kind, address and repository"
    case .unknownKind(let host):
      "`\(host)` does not say which forge it runs.\n"
        + "hint: set its kind: \(ForgeKind.allCases.map(\.rawValue).joined(separator: ", "))"
    case .unencrypted(let host):
      "The remote at `\(host)` is not encrypted, and a token would be readable on its way.\n"
        + "hint: set the forge's address, with `https://`; with `http://` it is taken at its word"
    case .unacceptableAddress:
      "The forge's address is none.\n"
        + "hint: write it as in a browser, `https://git.example.com`, without user and password"
    case .noRepository: "The remote names no repository.\nhint: set it: `owner/name`"
    case .unacceptableRepository(let text):
      "`\(SafeText.literal(text, limit: 80))` names no repository of this forge.\n"
        + "hint: `owner/name`, of letters, digits, `-`, `_` and `.`; on GitLab with its groups"
    }
  }
}

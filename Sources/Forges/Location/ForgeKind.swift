/// The forges that are spoken to. Gitea and Forgejo speak the same language with two words of difference.
public enum ForgeKind: String, Sendable, Hashable, CaseIterable {
  case github, gitlab, gitea, forgejo

  /// The public instances, and hosts that are named for the software that they run.
  init?(host: String) {
    switch host {
    case "github.com": self = .github
    case "gitlab.com": self = .gitlab
    case "gitea.com": self = .gitea
    case "codeberg.org": self = .forgejo
    default:
      let first = host.split(separator: ".").first.map(String.init) ?? ""
      guard host.contains("."), let kind = ForgeKind(rawValue: first) else { return nil }
      self = kind
    }
  }

  /// Where the interface begins below the address of a forge.
  var interfacePath: String {
    switch self {
    case .github: "/api/v3"
    case .gitlab: "/api/v4"
    case .gitea, .forgejo: "/api/v1"
    }
  }
}

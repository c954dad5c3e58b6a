/// A pull or merge request as its forge has it now.
public struct PullRequest: Sendable, Hashable {
  public enum State: Sendable, Hashable {
    case open
    /// With the commit that came onto the base, where the forge says which.
    case merged(commit: String?)
    /// Turned down, without being merged.
    case closed
  }

  /// What the forge calls it in its addresses and in text: GitLab's `iid`.
  public var number: Int
  public var state: State
  /// Without the prefix by which some forges mark a draft.
  public var title: String
  public var isDraft: Bool
  public var body: String
  public var branch: String
  public var base: String
  /// The newest commit of the branch: one that is not ours was pushed by somebody else.
  public var head: String?
  public var labels: [String]
  /// Its page; `nil` where the forge sent what is no link.
  public var page: String?
}

/// What a pull request is to say. Longer texts than forges take are cut, with a mark.
public struct Proposal: Sendable, Hashable {
  static let titleLimit = 200
  static let bodyLimit = 60_000
  static let labelLimit = 10

  public let branch: String
  public let base: String
  public let title: String
  public let body: String
  public let labels: [String]
  public let isDraft: Bool
  /// A merged or closed request of the same branch, up to which earlier ones no longer count: the failure came
  /// back after it.
  public let follows: Int?

  public init(
    branch: String, base: String, title: String, body: String, labels: [String] = [],
    isDraft: Bool = false, follows: Int? = nil
  ) {
    self.branch = branch
    self.base = base
    self.title = SafeText.line(title, limit: Self.titleLimit)
    self.body = Self.shortened(body)
    self.labels = labels.prefix(Self.labelLimit).compactMap(Self.label)
    self.isDraft = isDraft
    self.follows = follows
  }

  /// Cut after a line, so that no half of Markdown's notation is left open in one.
  static func shortened(_ body: String) -> String {
    guard body.unicodeScalars.count > bodyLimit else { return body }
    let start = String(String.UnicodeScalarView(body.unicodeScalars.prefix(bodyLimit)))
    let end = start.lastIndex(of: "\n") ?? start.endIndex
    return start[..<end] + "\n\n…\n"
  }

  /// Forges separate labels by commas, and take 50 characters each.
  private static func label(_ text: String) -> String? {
    let name = SafeText.line(text.filter { $0 != "," }, limit: 50)
    return name.isEmpty ? nil : name
  }
}

/// How the wish for a pull request ended.
public enum Opening: Sendable, Hashable {
  case opened(PullRequest)
  /// It was there: from an earlier attempt, or because somebody was quicker.
  case found(PullRequest)
  /// A person has said no to it. It is not opened again.
  case closed(PullRequest)
  case merged(PullRequest)

  public var request: PullRequest {
    switch self {
    case .opened(let request), .found(let request), .closed(let request), .merged(let request):
      request
    }
  }
}

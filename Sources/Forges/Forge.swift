/// The few words of a forge's language that everything else is said with. None of them sends anything.
public protocol Forge: Sendable {
  var location: ForgeLocation { get }

  /// The requests of a branch of this repository itself, and of no fork: the open one first, then the newest.
  func requests(of branch: String, base: String) -> ForgeExchange<[PullRequest]>
  func create(_ proposal: Proposal) -> ForgeExchange<Creation>
  func read(_ number: Int) -> ForgeExchange<PullRequest>
  func edit(_ request: PullRequest, title: String, body: String) -> ForgeExchange<PullRequest>
  /// Adds labels, and makes those that the repository does not have.
  func add(labels: [String], to number: Int) -> ForgeExchange<Void>

  /// The oldest comment that a marker marks.
  func comment(_ marker: CommentMarker, on number: Int) -> ForgeExchange<ForgeComment?>
  func addComment(_ body: String, to number: Int) -> ForgeExchange<ForgeComment>
  func rewrite(_ comment: ForgeComment, on number: Int, to body: String)
    -> ForgeExchange<ForgeComment>

  /// The status that counts now under ``CommitStatus/context``.
  func status(of commit: String) -> ForgeExchange<CommitStatus?>
  func set(_ status: CommitStatus, of commit: String, on branch: String) -> ForgeExchange<Void>
}

/// What came of asking for a new pull request.
public enum Creation: Sendable, Hashable {
  case created(PullRequest)
  /// The forge says that there is one; its answer, should none be found.
  case exists(ForgeFailure)
}

extension ForgeLocation {
  /// The forge that speaks the language of this place.
  public var forge: any Forge {
    switch kind {
    case .github: GitHub(location: self)
    case .gitlab: GitLab(location: self)
    case .gitea, .forgejo: Gitea(location: self)
    }
  }
}

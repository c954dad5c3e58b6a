import Interchange

/// Gitea and Forgejo, which differ in nothing that is said here.
public struct Gitea: Forge {
  public let location: ForgeLocation

  public init(location: ForgeLocation) { self.location = location }

  static let draftPrefix = "WIP:"
  private static let pageSize = 50
  /// GitHub's blue, for labels that the repository does not have yet.
  private static let labelColour = "#0366d6"

  func request(
    _ method: ForgeRequest.Method, _ steps: [String],
    query: KeyValuePairs<String, String> = [:], body: JSON? = nil
  ) -> ForgeRequest {
    ForgeRequest(
      method, location, ["repos", location.owner, location.name] + steps, query: query, body: body)
  }

  /// By base and branch first, which gives any one; where that is not open, an open one may stand beside it, or
  /// have another base by now.
  public func requests(of branch: String, base: String) -> ForgeExchange<[PullRequest]> {
    let lookUp = ForgeExchange<[PullRequest]>.asking(
      request(.get, ["pulls", base, branch]),
      otherwise: { $0.status == 404 ? .done([]) : nil },
      read: { json in Self.pullRequest(json).map { [$0] } })
    return lookUp.then { found in
      if found.contains(where: { $0.state == .open }) { return .done(found) }
      return openRequest(of: branch).map { open in (open.map { [$0] } ?? []) + found }
    }
  }

  private func openRequest(of branch: String) -> ForgeExchange<PullRequest?> {
    .searching(pagesOf: Self.pageSize) { page in
      request(
        .get, ["pulls"],
        query: ["state": "open", "limit": "\(Self.pageSize)", "page": "\(page)"])
    } find: { items in
      items.first { $0.isOwnBranch(branch) }.flatMap(Self.pullRequest)
    }
  }

  private static func pullRequest(_ json: JSON) -> PullRequest? {
    PullRequest(github: json, draftPrefix: draftPrefix)
  }

  public func create(_ proposal: Proposal) -> ForgeExchange<Creation> {
    let title = DraftTitle.marked(proposal.title, prefix: Self.draftPrefix, if: proposal.isDraft)
    let new = request(
      .post, ["pulls"],
      body: [
        "title": .string(title), "head": .string(proposal.branch), "base": .string(proposal.base),
        "body": .string(proposal.body),
      ])
    return .asking(
      new,
      otherwise: { response in
        guard response.status == 409 else { return nil }
        return .done(.exists(ForgeFailure(response, to: new)))
      },
      read: { Self.pullRequest($0).map(Creation.created) })
  }

  public func read(_ number: Int) -> ForgeExchange<PullRequest> {
    .asking(request(.get, ["pulls", "\(number)"])) { Self.pullRequest($0) }
  }

  /// A draft stays one, and what a person made ready stays ready.
  public func edit(_ request: PullRequest, title: String, body: String)
    -> ForgeExchange<PullRequest>
  {
    let title = DraftTitle.marked(title, prefix: Self.draftPrefix, if: request.isDraft)
    let edited = self.request(
      .patch, ["pulls", "\(request.number)"],
      body: ["title": .string(title), "body": .string(body)])
    return .asking(edited) { Self.pullRequest($0) }
  }

  /// Labels go by number here: names are looked up, and what is missing is made.
  public func add(labels: [String], to number: Int) -> ForgeExchange<Void> {
    identifiers(of: labels).then { identifiers in
      let added = request(
        .post, ["issues", "\(number)", "labels"],
        body: ["labels": .array(identifiers.map(JSON.integer))])
      return .asking(added) { _ in () }
    }
  }

  private func identifiers(of labels: [String]) -> ForgeExchange<[Int]> {
    guard let label = labels.first else { return .done([]) }
    let rest = Array(labels.dropFirst())
    return identifier(of: label).then { first in
      identifiers(of: rest).map { [first] + $0 }
    }
  }

  private func identifier(of label: String) -> ForgeExchange<Int> {
    let known = ForgeExchange<Int?>.searching(pagesOf: Self.pageSize) { page in
      request(.get, ["labels"], query: ["limit": "\(Self.pageSize)", "page": "\(page)"])
    } find: { items in
      items.first { $0["name"]?.text == label }?["id"]?.integer
    }
    return known.then { known in
      if let known { return .done(known) }
      let new = request(
        .post, ["labels"],
        body: ["name": .string(label), "color": .string(Self.labelColour)])
      return .asking(new) { $0["id"]?.integer }
    }
  }

  /// All comments come in one answer here.
  public func comment(_ marker: CommentMarker, on number: Int) -> ForgeExchange<ForgeComment?> {
    .asking(request(.get, ["issues", "\(number)", "comments"])) { json in
      json.items.map { items in
        items.lazy.compactMap { ForgeComment($0) }.filter { marker.marks($0.body) }
          .min { $0.id < $1.id }
      }
    }
  }

  public func addComment(_ body: String, to number: Int) -> ForgeExchange<ForgeComment> {
    let new = request(
      .post, ["issues", "\(number)", "comments"], body: ["body": .string(body)])
    return .asking(new) { ForgeComment($0) }
  }

  public func rewrite(_ comment: ForgeComment, on number: Int, to body: String)
    -> ForgeExchange<ForgeComment>
  {
    let edited = request(
      .patch, ["issues", "comments", "\(comment.id)"], body: ["body": .string(body)])
    return .asking(edited) { ForgeComment($0) }
  }

  public func status(of commit: String) -> ForgeExchange<CommitStatus?> {
    let list = request(
      .get, ["commits", commit, "statuses"],
      query: ["sort": "recentupdate", "limit": "\(Self.pageSize)"])
    return .asking(list) { json in
      json.items.map { items in
        items.filter { $0["context"]?.text == CommitStatus.context }
          .max { ($0["id"]?.integer ?? 0) < ($1["id"]?.integer ?? 0) }
          .flatMap { CommitStatus($0, state: "status") }
      }
    }
  }

  public func set(_ status: CommitStatus, of commit: String, on branch: String)
    -> ForgeExchange<Void>
  {
    .asking(request(.post, ["statuses", commit], body: status.json)) { _ in () }
  }
}

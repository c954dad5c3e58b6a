import Interchange

/// GitHub and GitHub Enterprise.
public struct GitHub: Forge {
  public let location: ForgeLocation

  public init(location: ForgeLocation) { self.location = location }

  private static let pageSize = 100

  func request(
    _ method: ForgeRequest.Method, _ steps: [String],
    query: KeyValuePairs<String, String> = [:], body: JSON? = nil
  ) -> ForgeRequest {
    ForgeRequest(
      method, location, ["repos", location.owner, location.name] + steps, query: query, body: body)
  }

  public func requests(of branch: String, base: String) -> ForgeExchange<[PullRequest]> {
    let list = request(
      .get, ["pulls"],
      query: [
        "state": "all", "head": "\(location.owner):\(branch)", "sort": "created",
        "direction": "desc", "per_page": "\(Self.pageSize)",
      ])
    return .asking(list) { json in
      // A `head` that GitHub does not understand filters nothing, and a fork can have the same owner.
      json.items?.filter { $0.isOwnBranch(branch) }.compactMap { PullRequest(github: $0) }
    }
  }

  public func create(_ proposal: Proposal) -> ForgeExchange<Creation> {
    let new = request(
      .post, ["pulls"],
      body: [
        "title": .string(proposal.title), "head": .string(proposal.branch),
        "base": .string(proposal.base), "body": .string(proposal.body),
        "draft": .bool(proposal.isDraft),
      ])
    return .asking(
      new,
      otherwise: { response in
        let messages = response.json?["errors"]?.items?.compactMap { $0["message"]?.text } ?? []
        let exists = messages.contains { $0.hasPrefix("A pull request already exists") }
        guard response.status == 422, exists else { return nil }
        return .done(.exists(ForgeFailure(response, to: new)))
      },
      read: { PullRequest(github: $0).map(Creation.created) })
  }

  public func read(_ number: Int) -> ForgeExchange<PullRequest> {
    .asking(request(.get, ["pulls", "\(number)"])) { PullRequest(github: $0) }
  }

  public func edit(_ request: PullRequest, title: String, body: String)
    -> ForgeExchange<PullRequest>
  {
    let edited = self.request(
      .patch, ["pulls", "\(request.number)"],
      body: ["title": .string(title), "body": .string(body)])
    return .asking(edited) { PullRequest(github: $0) }
  }

  public func add(labels: [String], to number: Int) -> ForgeExchange<Void> {
    let added = request(
      .post, ["issues", "\(number)", "labels"],
      body: ["labels": .array(labels.map(JSON.string))])
    return .asking(added) { _ in () }
  }

  public func comment(_ marker: CommentMarker, on number: Int) -> ForgeExchange<ForgeComment?> {
    .searching(pagesOf: Self.pageSize) { page in
      request(
        .get, ["issues", "\(number)", "comments"],
        query: ["per_page": "\(Self.pageSize)", "page": "\(page)"])
    } find: {
      $0.lazy.compactMap { ForgeComment($0) }.first { marker.marks($0.body) }
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
    let read = request(.get, ["commits", commit, "status"], query: ["per_page": "100"])
    return .asking(read) { json in
      // Only the newest of a context is in the list.
      json["statuses"]?.items.map { items in
        items.first { $0["context"]?.text == CommitStatus.context }
          .flatMap { CommitStatus($0, state: "state") }
      }
    }
  }

  public func set(_ status: CommitStatus, of commit: String, on branch: String)
    -> ForgeExchange<Void>
  {
    let new = request(.post, ["statuses", commit], body: status.json)
    return .asking(new) { _ in () }
  }
}

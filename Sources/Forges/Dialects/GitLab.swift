import Interchange

/// GitLab, its own and others'.
public struct GitLab: Forge {
  public let location: ForgeLocation

  public init(location: ForgeLocation) { self.location = location }

  static let draftPrefix = "Draft:"
  private static let pageSize = 100

  func request(
    _ method: ForgeRequest.Method, _ steps: [String],
    query: KeyValuePairs<String, String> = [:], body: JSON? = nil
  ) -> ForgeRequest {
    ForgeRequest(
      method, location, ["projects", location.fullName] + steps, query: query, body: body)
  }

  public func requests(of branch: String, base: String) -> ForgeExchange<[PullRequest]> {
    let list = request(
      .get, ["merge_requests"],
      query: [
        "source_branch": branch, "state": "all", "scope": "all", "order_by": "created_at",
        "sort": "desc", "per_page": "\(Self.pageSize)",
      ])
    return .asking(list) { json in
      json.items?.filter { item in
        // A fork's branch may have the same name.
        let source = item["source_project_id"]?.integer
        return source != nil && source == item["target_project_id"]?.integer
          && item["source_branch"]?.text == branch
      }.compactMap { PullRequest(gitlab: $0) }
    }
  }

  public func create(_ proposal: Proposal) -> ForgeExchange<Creation> {
    let title = DraftTitle.marked(proposal.title, prefix: Self.draftPrefix, if: proposal.isDraft)
    let new = request(
      .post, ["merge_requests"],
      body: [
        "title": .string(title), "source_branch": .string(proposal.branch),
        "target_branch": .string(proposal.base), "description": .string(proposal.body),
        "labels": .array(proposal.labels.map(JSON.string)),
      ])
    return .asking(
      new,
      otherwise: { response in
        guard response.status == 409 else { return nil }
        return .done(.exists(ForgeFailure(response, to: new)))
      },
      read: { PullRequest(gitlab: $0).map(Creation.created) })
  }

  public func read(_ number: Int) -> ForgeExchange<PullRequest> {
    .asking(request(.get, ["merge_requests", "\(number)"])) { PullRequest(gitlab: $0) }
  }

  /// A draft stays one, and what a person made ready stays ready.
  public func edit(_ request: PullRequest, title: String, body: String)
    -> ForgeExchange<PullRequest>
  {
    let title = DraftTitle.marked(title, prefix: Self.draftPrefix, if: request.isDraft)
    let edited = self.request(
      .put, ["merge_requests", "\(request.number)"],
      body: ["title": .string(title), "description": .string(body)])
    return .asking(edited) { PullRequest(gitlab: $0) }
  }

  public func add(labels: [String], to number: Int) -> ForgeExchange<Void> {
    let edited = request(
      .put, ["merge_requests", "\(number)"],
      body: ["add_labels": .array(labels.map(JSON.string))])
    return .asking(edited) { _ in () }
  }

  public func comment(_ marker: CommentMarker, on number: Int) -> ForgeExchange<ForgeComment?> {
    .searching(pagesOf: Self.pageSize) { page in
      request(
        .get, ["merge_requests", "\(number)", "notes"],
        query: [
          "sort": "asc", "order_by": "created_at", "activity_filter": "only_comments",
          "per_page": "\(Self.pageSize)", "page": "\(page)",
        ])
    } find: {
      $0.lazy.compactMap { ForgeComment($0) }.first { marker.marks($0.body) }
    }
  }

  public func addComment(_ body: String, to number: Int) -> ForgeExchange<ForgeComment> {
    let new = request(
      .post, ["merge_requests", "\(number)", "notes"], body: ["body": .string(body)])
    return .asking(new) { ForgeComment($0) }
  }

  public func rewrite(_ comment: ForgeComment, on number: Int, to body: String)
    -> ForgeExchange<ForgeComment>
  {
    let edited = request(
      .put, ["merge_requests", "\(number)", "notes", "\(comment.id)"],
      body: ["body": .string(body)])
    return .asking(edited) { ForgeComment($0) }
  }

  public func status(of commit: String) -> ForgeExchange<CommitStatus?> {
    let list = request(
      .get, ["repository", "commits", commit, "statuses"],
      query: ["name": CommitStatus.context, "per_page": "\(Self.pageSize)"])
    return .asking(list) { json in
      json.items.map { items in
        items.filter { $0["name"]?.text == CommitStatus.context }
          .max { ($0["id"]?.integer ?? 0) < ($1["id"]?.integer ?? 0) }
          .flatMap { CommitStatus($0, state: "status") }
      }
    }
  }

  public func set(_ status: CommitStatus, of commit: String, on branch: String)
    -> ForgeExchange<Void>
  {
    var members: [JSON.Member] = [
      .init("state", status.state == .failure ? "failed" : .string(status.state.rawValue)),
      .init("ref", .string(branch)), .init("name", .string(CommitStatus.context)),
      .init("description", .string(status.description)),
    ]
    if let page = status.page { members.append(.init("target_url", .string(page))) }
    let new = request(.post, ["statuses", commit], body: .object(members))
    return .asking(
      new,
      otherwise: { response in
        // It is pending, and is to be: GitLab has no way from a state to itself, whatever else would change.
        let isSame = response.json?["message"]?.text?.hasPrefix("Cannot transition status") == true
        return response.status == 400 && isSame ? .done(()) : nil
      },
      read: { _ in () })
  }
}

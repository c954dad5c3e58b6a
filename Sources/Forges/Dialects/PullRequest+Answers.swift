import Interchange

extension PullRequest {
  /// GitHub's, whose way of saying it Gitea and Forgejo took over.
  init?(github json: JSON, draftPrefix: String? = nil) {
    guard
      let number = json["number"]?.integer, number > 0, let title = json["title"]?.text,
      let state = json["state"]?.text, let branch = json["head"]?["ref"]?.text,
      let base = json["base"]?["ref"]?.text
    else { return nil }
    self.number = number
    // Lists do not say `merged`, only since when.
    let isMerged = json["merged"]?.bool ?? json["merged_at"].map { !$0.isNull } ?? false
    let commit = SafeText.commit(json["merge_commit_sha"]?.text)
    self.state = isMerged ? .merged(commit: commit) : state == "open" ? .open : .closed
    let (plain, isMarked) = DraftTitle.plain(title, prefix: draftPrefix)
    self.title = plain
    isDraft = json["draft"]?.bool ?? isMarked
    body = json["body"]?.text ?? ""
    self.branch = branch
    self.base = base
    head = SafeText.commit(json["head"]?["sha"]?.text)
    labels = json["labels"]?.items?.compactMap { $0["name"]?.text } ?? []
    page = SafeText.link(json["html_url"]?.text)
  }

  init?(gitlab json: JSON) {
    guard
      let number = json["iid"]?.integer, number > 0, let title = json["title"]?.text,
      let state = json["state"]?.text, let branch = json["source_branch"]?.text,
      let base = json["target_branch"]?.text
    else { return nil }
    self.number = number
    head = SafeText.commit(json["sha"]?.text)
    // A fast-forward makes no commit of its own: the branch's newest is what came onto the base.
    let commit = [json["merge_commit_sha"], json["squash_commit_sha"], json["sha"]].lazy
      .compactMap { SafeText.commit($0?.text) }.first
    switch state {
    case "merged": self.state = .merged(commit: commit)
    case "closed": self.state = .closed
    // `locked` is an open one while it is being merged.
    default: self.state = .open
    }
    let (plain, isMarked) = DraftTitle.plain(title, prefix: GitLab.draftPrefix)
    self.title = plain
    isDraft = json["draft"]?.bool ?? isMarked
    body = json["description"]?.text ?? ""
    self.branch = branch
    self.base = base
    labels = json["labels"]?.items?.compactMap(\.text) ?? []
    page = SafeText.link(json["web_url"]?.text)
  }
}

/// Titles in which a forge marks drafts by a word at their start.
enum DraftTitle {
  static func plain(_ title: String, prefix: String?) -> (title: String, isDraft: Bool) {
    guard let prefix, title.lowercased().hasPrefix(prefix.lowercased()) else {
      return (title, false)
    }
    return (String(title.dropFirst(prefix.count).drop { $0 == " " }), true)
  }

  static func marked(_ title: String, prefix: String, if isDraft: Bool) -> String {
    isDraft ? "\(prefix) \(title)" : title
  }
}

extension JSON {
  /// Whether a pull request comes from a branch of the repository that it goes to.
  func isOwnBranch(_ branch: String) -> Bool {
    guard self["head"]?["ref"]?.text == branch else { return false }
    let repositories = ["head", "base"].map { self[$0]?["repo"]?["id"]?.integer }
    return repositories[0] != nil && repositories[0] == repositories[1]
  }
}

extension ForgeComment {
  init?(_ json: JSON) {
    guard let id = json["id"]?.integer, let body = json["body"]?.text else { return nil }
    self.init(id: id, body: body)
  }
}

extension CommitStatus {
  /// `nil` for states that we never set.
  init?(_ json: JSON, state key: String) {
    let state = json[key]?.text
    guard let known = State(rawValue: state == "failed" ? "failure" : state ?? "") else {
      return nil
    }
    self.init(known, json["description"]?.text ?? "")
  }

  /// As GitHub, Gitea and Forgejo take it.
  var json: JSON {
    var members: [JSON.Member] = [
      .init("state", .string(state.rawValue)), .init("context", .string(Self.context)),
      .init("description", .string(description)),
    ]
    if let page { members.append(.init("target_url", .string(page))) }
    return .object(members)
  }
}

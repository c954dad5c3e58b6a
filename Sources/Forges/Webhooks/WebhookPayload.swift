import Interchange

/// A verified delivery's JSON. What is needed and missing is an error that names it.
struct WebhookPayload {
  private let json: JSON

  init(_ json: JSON) { self.json = json }

  /// GitHub's, and Gitea's and Forgejo's after it.
  func noticeOfGitHub(isPush: Bool) throws(WebhookError) -> ForgeNotice? {
    let repository = try name(at: "repository", "full_name")
    if isPush { return try push(repository) }
    let action = try text(at: "action")
    guard action == "closed" || action == "reopened" else { return nil }
    let number = try integer(at: "pull_request", "number")
    let branch = try name(at: "pull_request", "head", "ref")
    let happening: ForgeNotice.Happening
    if action == "reopened" {
      happening = .reopened(number: number, branch: branch)
    } else if try bool(at: "pull_request", "merged") {
      let commit = SafeText.commit(value(["pull_request", "merge_commit_sha"])?.text)
      happening = .merged(number: number, branch: branch, commit: commit)
    } else {
      happening = .closed(number: number, branch: branch)
    }
    return ForgeNotice(repository: repository, happening: happening)
  }

  func noticeOfGitLab() throws(WebhookError) -> ForgeNotice? {
    let repository = try name(at: "project", "path_with_namespace")
    let kind = try text(at: "object_kind")
    if kind == "push" { return try push(repository) }
    guard kind == "merge_request" else { return nil }
    // What the system does by itself, such as a new approval rule, has no action.
    guard let action = value(["object_attributes", "action"])?.text,
      ["merge", "close", "reopen"].contains(action)
    else { return nil }
    let number = try integer(at: "object_attributes", "iid")
    let branch = try name(at: "object_attributes", "source_branch")
    let happening: ForgeNotice.Happening
    switch action {
    case "merge":
      let commits = [["merge_commit_sha"], ["squash_commit_sha"], ["last_commit", "id"]].lazy
        .compactMap { SafeText.commit(value(["object_attributes"] + $0)?.text) }
      happening = .merged(number: number, branch: branch, commit: commits.first)
    case "close": happening = .closed(number: number, branch: branch)
    default: happening = .reopened(number: number, branch: branch)
    }
    return ForgeNotice(repository: repository, happening: happening)
  }

  /// All four say a push alike; tags are pushed, too.
  private func push(_ repository: String) throws(WebhookError) -> ForgeNotice? {
    let prefix = "refs/heads/"
    let reference = try name(at: "ref")
    guard reference.hasPrefix(prefix) else { return nil }
    guard let after = SafeText.commit(try text(at: "after")) else {
      throw .malformed(missing: "after")
    }
    let commit = after.allSatisfy { $0 == "0" } ? nil : after
    return ForgeNotice(
      repository: repository,
      happening: .pushed(branch: String(reference.dropFirst(prefix.count)), commit: commit))
  }

  private func value(_ path: [String]) -> JSON? {
    path.reduce(json as JSON?) { $0?[$1] }
  }

  private func text(at path: String...) throws(WebhookError) -> String {
    guard let text = value(path)?.text else {
      throw .malformed(missing: path.joined(separator: "."))
    }
    return text
  }

  /// A name of git or of the forge: none is longer, and none holds a control character.
  private func name(at path: String...) throws(WebhookError) -> String {
    guard
      let text = value(path)?.text, (1...1024).contains(text.utf8.count),
      text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { throw .malformed(missing: path.joined(separator: ".")) }
    return text
  }

  private func integer(at path: String...) throws(WebhookError) -> Int {
    guard let number = value(path)?.integer, number > 0 else {
      throw .malformed(missing: path.joined(separator: "."))
    }
    return number
  }

  private func bool(at path: String...) throws(WebhookError) -> Bool {
    guard let bool = value(path)?.bool else {
      throw .malformed(missing: path.joined(separator: "."))
    }
    return bool
  }
}

import Foundation

/// What reaching a remote needs besides its address.
public struct RemoteAccess: Sendable {
  /// The whole value of an `Authorization` header, for remotes of http and https; it never stands in an argument.
  public var authorization: String?
  /// Whose keys and known hosts ssh may use; without it, remotes of ssh are out of reach.
  public var home: String?

  public init(authorization: String? = nil, home: String? = nil) {
    self.authorization = authorization
    self.home = home
  }

  /// The token of a forge, as all of them take it from git.
  public static func token(_ token: String) -> RemoteAccess {
    let pair = Data("x-access-token:\(token)".utf8).base64EncodedString()
    return RemoteAccess(authorization: "Basic \(pair)")
  }

  fileprivate var environment: [String: String] {
    var environment = [
      "GIT_ALLOW_PROTOCOL": home == nil ? "https:http:file" : "https:http:file:ssh",
      "GIT_CONFIG_COUNT": "0",
    ]
    if let home {
      environment["HOME"] = home
      environment["GIT_SSH_COMMAND"] = "ssh -oBatchMode=yes"
    }
    if let authorization {
      environment["GIT_CONFIG_COUNT"] = "1"
      environment["GIT_CONFIG_KEY_0"] = "http.extraHeader"
      environment["GIT_CONFIG_VALUE_0"] = "Authorization: \(authorization)"
    }
    return environment
  }

  /// Settings that let `git` speak to a remote, and follow none elsewhere.
  fileprivate var settings: [String] {
    var settings = ["http.followRedirects=false"]
    if home != nil { settings.append("core.sshCommand=ssh -oBatchMode=yes") }
    return settings.flatMap { ["-c", $0] }
  }
}

/// How a push ended.
public enum PushOutcome: Sendable, Hashable {
  case pushed
  /// The remote's branch stands elsewhere than expected: somebody else wrote it.
  case moved
  /// The remote will not have it, in its own words.
  case refused(String)
}

extension Repository {
  /// The address of a remote, as the repository's configuration says it.
  public func remote(named name: String) -> String? {
    guard let answer = try? git.run(["config", "--get", "remote.\(name).url"]), answer.status == 0
    else { return nil }
    return answer.line.isEmpty ? nil : answer.line
  }

  /// The name of the branch that `HEAD` stands on.
  public var headBranch: String? {
    guard let answer = try? git.run(["symbolic-ref", "--quiet", "--short", "HEAD"]),
      answer.status == 0
    else { return nil }
    return answer.line
  }

  /// The branch that the remote called its own when it was fetched last.
  public var fetchedHeadBranch: String? {
    guard
      let answer = try? git.run(["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]),
      answer.status == 0, answer.line.hasPrefix("origin/")
    else { return nil }
    return String(answer.line.dropFirst("origin/".count))
  }

  /// Where a branch of a remote stands; `nil` where there is none.
  public func tip(
    of branch: String, at address: String, _ access: RemoteAccess
  ) throws(RepositoryError) -> String? {
    try Self.check(address)
    let answer = try git.run(
      access.settings + ["ls-remote", "--heads", "--", address, "refs/heads/\(branch)"],
      environment: access.environment)
    guard answer.status == 0 else {
      throw .gitFailed(command: "ls-remote", complaint: Self.without(access, answer.complaint))
    }
    return answer.line.split(separator: "\t").first.map(String.init)
  }

  /// The name of the branch that a remote calls its own; `nil` where it has none.
  public func headBranch(
    at address: String, _ access: RemoteAccess
  ) throws(RepositoryError) -> String? {
    try Self.check(address)
    let answer = try git.run(
      access.settings + ["ls-remote", "--symref", "--", address, "HEAD"],
      environment: access.environment)
    guard answer.status == 0 else {
      throw .gitFailed(command: "ls-remote", complaint: Self.without(access, answer.complaint))
    }
    let prefix = "ref: refs/heads/"
    return answer.line.split(separator: "\n").first { $0.hasPrefix(prefix) }
      .flatMap { $0.dropFirst(prefix.count).split(separator: "\t").first.map(String.init) }
  }

  /// Puts a commit onto a remote's branch, only if that stands where it was seen last.
  public func push(
    _ commit: String, to branch: String, at address: String, expecting old: String?,
    _ access: RemoteAccess
  ) throws(RepositoryError) -> PushOutcome {
    try Self.check(address)
    let reference = "refs/heads/\(branch)"
    let answer = try git.run(
      access.settings + [
        "push", "--porcelain", "--no-verify", "--force-with-lease=\(reference):\(old ?? "")", "--",
        address, "\(commit):\(reference)",
      ], environment: access.environment)
    if answer.status == 0 { return .pushed }
    let words = Self.without(
      access, String(decoding: answer.output, as: UTF8.self) + answer.complaint)
    if words.contains("stale info") { return .moved }
    guard words.contains("[remote rejected]") || words.contains("[rejected]") else {
      throw .gitFailed(command: "push", complaint: words)
    }
    return .refused(words)
  }

  /// Brings a remote's branches and tags here, under `refs/remotes/origin`.
  public func fetch(from address: String, _ access: RemoteAccess) throws(RepositoryError) {
    try Self.check(address)
    let answer = try git.run(
      access.settings + [
        "fetch", "--quiet", "--prune", "--tags", "--no-write-fetch-head", "--no-recurse-submodules",
        "--", address, "+refs/heads/*:refs/remotes/origin/*",
      ], environment: access.environment)
    guard answer.status == 0 else {
      throw .gitFailed(command: "fetch", complaint: Self.without(access, answer.complaint))
    }
    guard let head = try headBranch(at: address, access) else { return }
    _ = try git.run([
      "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/\(head)",
    ])
  }

  /// An address leads to a remote and is no option: a URL of a known kind, a folder, or ssh's short form.
  private static func check(_ address: String) throws(RepositoryError) {
    let isKnown =
      ["https://", "http://", "ssh://", "file://", "/"].contains { address.hasPrefix($0) }
      || address.wholeMatch(of: /[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+:[^:].*/) != nil
    guard isKnown, !address.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw .gitFailed(
        command: "push", complaint: "the remote's address is of no kind that is known")
    }
  }

  /// What git says, without what it was given to get in.
  private static func without(_ access: RemoteAccess, _ words: String) -> String {
    guard let secret = access.authorization?.split(separator: " ").last else { return words }
    return words.replacing(secret, with: "…")
  }
}

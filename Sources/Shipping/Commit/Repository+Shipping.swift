import Foundation

extension Repository {
  /// Commits a shipment onto its failure's branch, by plumbing alone.
  ///
  /// Laws: only objects, the branch and its log are written; the same shipment twice gives the same
  /// commits; a branch that a person touched stays as it is; two shipments at once cannot mix.
  public func ship(_ shipment: Shipment) throws(ShippingError) -> ShippedBranch {
    try shipment.check()
    do {
      var places = ShipmentPlaces(try paths(at: shipment.base))
      let modes = try places.check(shipment)
      let chain = try chain(of: shipment)
      let trees = try writeTrees(of: shipment, modes)
      if chain.holds(shipment, trees) {
        return ShippedBranch(
          commits: chain.commits.map(\.id), branch: shipment.branch, isUnchanged: true)
      }
      try checkNotCheckedOut(shipment)
      let commits = try writeCommits(of: shipment, trees)
      try move(shipment, from: chain.commits.last?.id, to: commits[commits.count - 1])
      return ShippedBranch(commits: commits, branch: shipment.branch, isUnchanged: false)
    } catch let error as RepositoryError {
      throw .repository(error)
    } catch let error as ShippingError {
      throw error
    } catch {
      throw .repository(.gitFailed(command: "", complaint: String(describing: type(of: error))))
    }
  }

  private func checkNotCheckedOut(_ shipment: Shipment) throws {
    let worktrees = try git.demand(["worktree", "list", "--porcelain"]).line
    if worktrees.split(separator: "\n").contains("branch \(shipment.reference)") {
      throw ShippingError.branchCheckedOut(shipment.branch)
    }
  }

  /// The base's tree after each step, made in an index of its own.
  private func writeTrees(of shipment: Shipment, _ modes: [String: Int]) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nevermore-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let index = ["GIT_INDEX_FILE": folder.appendingPathComponent("index").path]

    _ = try git.demand(["read-tree", shipment.base.id], environment: index)
    return try shipment.steps.map { step in
      var records: [UInt8] = []
      for (path, bytes) in step.files.sorted(by: { $0.key < $1.key }) {
        records += try record(of: bytes, at: path, modes[path] ?? 0o100644, shipment.base)
      }
      _ = try git.demand(
        ["update-index", "-z", "--index-info"], input: records, environment: index)
      return try git.demand(["write-tree"], environment: index).line
    }
  }

  /// A line of `git update-index --index-info`; its mode 0 takes a file away.
  private func record(
    of bytes: [UInt8]?, at path: String, _ mode: Int, _ base: Revision
  ) throws -> [UInt8] {
    guard let bytes else {
      return Array("0 \(String(repeating: "0", count: base.id.utf8.count))\t\(path)".utf8) + [0]
    }
    let blob = try git.demand(
      ["hash-object", "-w", "-t", "blob", "--no-filters", "--stdin"], input: bytes)
    return Array("\(String(mode, radix: 8)) \(blob.line)\t\(path)".utf8) + [0]
  }

  private func writeCommits(of shipment: Shipment, _ trees: [String]) throws -> [String] {
    let author = try configuredIdentity() ?? .ours
    let moment = "@\(Int(shipment.instant.timeIntervalSince1970)) +0000"
    var commits: [String] = []
    for (step, tree) in trees.enumerated() {
      let commit = try git.demand(
        [
          "commit-tree", "--no-gpg-sign", "-p", commits.last ?? shipment.base.id, "-F", "-", tree,
        ],
        input: Array(shipment.message(of: step).utf8),
        environment: [
          "GIT_AUTHOR_NAME": author.name, "GIT_AUTHOR_EMAIL": author.email,
          "GIT_AUTHOR_DATE": moment,
          "GIT_COMMITTER_NAME": CommitIdentity.ours.name,
          "GIT_COMMITTER_EMAIL": CommitIdentity.ours.email, "GIT_COMMITTER_DATE": moment,
        ])
      commits.append(commit.line)
    }
    return commits
  }

  private func configuredIdentity() throws -> CommitIdentity? {
    let name = try git.run(["config", "--get", "user.name"])
    let email = try git.run(["config", "--get", "user.email"])
    guard name.status == 0, email.status == 0 else { return nil }
    return CommitIdentity(configuredName: name.line, email: email.line)
  }

  /// Succeeds only if the branch still stands where it was seen; `--no-deref` keeps the write on
  /// this very branch.
  func move(_ shipment: Shipment, from old: String?, to new: String) throws {
    let expected = old ?? String(repeating: "0", count: new.count)
    let answer = try git.run(
      [
        "update-ref", "--no-deref", "--create-reflog", "-m", "nevermore: ship",
        shipment.reference, new, expected,
      ],
      environment: [
        "GIT_COMMITTER_NAME": CommitIdentity.ours.name,
        "GIT_COMMITTER_EMAIL": CommitIdentity.ours.email,
      ])
    guard answer.status == 0 else { throw ShippingError.branchMoved(shipment.branch) }
  }
}

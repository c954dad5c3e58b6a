import Foundation

extension Repository {
  /// Commits a shipment onto its failure's branch, by plumbing alone.
  ///
  /// Laws: only objects, the branch and its log are written; the same shipment twice gives the same
  /// commit; a branch that a person touched stays as it is; two shipments at once cannot mix.
  public func ship(_ shipment: Shipment) throws(ShippingError) -> ShippedCommit {
    try shipment.check()
    do {
      try checkPaths(of: shipment)
      let tip = try tip(of: shipment)
      let tree = try writeTree(of: shipment)
      if let tip, tip.record.tree == tree, tip.record.parents == [shipment.base.id],
        tip.record.message == shipment.message.text
      {
        return ShippedCommit(commit: tip.id, branch: shipment.branch, isUnchanged: true)
      }
      try checkNotCheckedOut(shipment)
      let commit = try writeCommit(of: tree, shipment)
      try move(shipment, from: tip?.id, to: commit)
      return ShippedCommit(commit: commit, branch: shipment.branch, isUnchanged: false)
    } catch let error as RepositoryError {
      throw .repository(error)
    } catch let error as ShippingError {
      throw error
    } catch {
      throw .repository(.gitFailed(command: "", complaint: String(describing: type(of: error))))
    }
  }

  private func checkPaths(of shipment: Shipment) throws {
    var taken = TakenPaths(try paths(at: shipment.base))
    for path in shipment.files.keys.sorted() {
      if let parent = taken.obstacle(to: path) {
        throw ShippingError.parentIsNoFolder(path, parent: parent)
      }
      guard taken.take(path) else { throw ShippingError.pathTaken(path) }
    }
  }

  /// The commit at the branch, if there is one: it is ours, or this throws.
  private func tip(of shipment: Shipment) throws -> (id: String, record: CommitRecord)? {
    // A branch that only points at another one would lead our write there.
    guard try git.run(["symbolic-ref", "--quiet", shipment.reference]).status != 0 else {
      throw ShippingError.branchEdited(shipment.branch)
    }
    let found = try git.run(["rev-parse", "--verify", "--quiet", shipment.reference])
    guard found.status == 0 else { return nil }
    let commit = try git.run(["cat-file", "commit", found.line])
    guard commit.status == 0, let record = CommitRecord(commit.output),
      record.isOurs(failure: shipment.failure)
    else { throw ShippingError.branchEdited(shipment.branch) }
    return (found.line, record)
  }

  private func checkNotCheckedOut(_ shipment: Shipment) throws {
    let worktrees = try git.demand(["worktree", "list", "--porcelain"]).line
    if worktrees.split(separator: "\n").contains("branch \(shipment.reference)") {
      throw ShippingError.branchCheckedOut(shipment.branch)
    }
  }

  /// The base's tree with the new files, made in an index of its own.
  private func writeTree(of shipment: Shipment) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nevermore-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let index = ["GIT_INDEX_FILE": folder.appendingPathComponent("index").path]

    var records: [UInt8] = []
    for (path, bytes) in shipment.files.sorted(by: { $0.key < $1.key }) {
      let blob = try git.demand(
        ["hash-object", "-w", "-t", "blob", "--no-filters", "--stdin"], input: bytes)
      records += Array("100644 \(blob.line)\t\(path)".utf8) + [0]
    }
    _ = try git.demand(["read-tree", shipment.base.id], environment: index)
    _ = try git.demand(
      ["update-index", "-z", "--index-info"], input: records, environment: index)
    return try git.demand(["write-tree"], environment: index).line
  }

  private func writeCommit(of tree: String, _ shipment: Shipment) throws -> String {
    let author = try configuredIdentity() ?? .ours
    let moment = "@\(Int(shipment.instant.timeIntervalSince1970)) +0000"
    return try git.demand(
      ["commit-tree", "--no-gpg-sign", "-p", shipment.base.id, "-F", "-", tree],
      input: Array(shipment.message.text.utf8),
      environment: [
        "GIT_AUTHOR_NAME": author.name, "GIT_AUTHOR_EMAIL": author.email,
        "GIT_AUTHOR_DATE": moment,
        "GIT_COMMITTER_NAME": CommitIdentity.ours.name,
        "GIT_COMMITTER_EMAIL": CommitIdentity.ours.email, "GIT_COMMITTER_DATE": moment,
      ]
    ).line
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

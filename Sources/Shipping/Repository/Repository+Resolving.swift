extension Repository {
  /// The commit that a name means: a tag, a branch, a commit id, or a release (`shop@1.2` is also
  /// tried as `v1.2`).
  ///
  /// `nil` where nothing has that name. A name that `git` could take for more than a name is
  /// refused with ``RepositoryError/unacceptableRevision(_:)``; for an event's release that means
  /// the same as `nil`.
  public func resolve(_ name: String) throws(RepositoryError) -> Revision? {
    let candidates = try RevisionName(name).candidates
    return try firstCommit(of: candidates)
  }

  /// The commit that is checked out.
  public func head() throws(RepositoryError) -> Revision {
    guard let revision = try firstCommit(of: ["HEAD"]) else {
      throw .noCommits(root ?? gitDirectory)
    }
    return revision
  }

  /// The names travel on standard input, where nothing is an option.
  func firstCommit(of names: [String]) throws(RepositoryError) -> Revision? {
    let questions = names.map { "\($0)^{commit}\n" }.joined()
    let answer = try git.demand(["cat-file", "--batch-check"], input: Array(questions.utf8))
    for line in answer.line.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 3, words[1] == "commit", words[0].utf8.allSatisfy(\.isHexadecimal) {
        return Revision(id: String(words[0]))
      }
    }
    return nil
  }
}

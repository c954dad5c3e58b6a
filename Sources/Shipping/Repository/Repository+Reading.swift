extension Repository {
  /// Every file, link and submodule of a commit's tree, in the order of the tree.
  public func paths(at revision: Revision) throws(RepositoryError) -> [TreeEntry] {
    let answer = try git.demand(["ls-tree", "-r", "-z", "-l", "--full-tree", revision.id])
    return entries(in: answer.output)
  }

  /// The bytes of a regular file at a commit, as they were committed; `nil` where there is none.
  public func contents(
    of path: String, at revision: Revision
  ) throws(RepositoryError) -> [UInt8]? {
    guard TreePath.isContained(path) else { return nil }
    let listing = try git.demand(
      ["ls-tree", "-r", "-z", "-l", "--full-tree", revision.id, "--", path])
    let found = entries(in: listing.output).first { $0.path.utf8.elementsEqual(path.utf8) }
    guard let entry = found, entry.kind == .file || entry.kind == .executable else { return nil }
    guard entry.size != nil else { throw .objectMissing(path) }
    return try git.demand(["cat-file", "blob", entry.id]).output
  }

  private func entries(in listing: [UInt8]) -> [TreeEntry] {
    listing.split(separator: 0).compactMap(TreeEntry.init(record:))
  }
}

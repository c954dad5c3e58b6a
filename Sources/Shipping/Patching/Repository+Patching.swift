import Failures
import Foundation

extension Repository {
  /// The patch that a diff makes of a revision's tree, in one normal form: whoever wrote it, and
  /// with whatever options.
  ///
  /// Unified diffs of `git diff`, `git format-patch` and `diff -u` are taken, with paths that start
  /// `a/` and `b/`, at another folder, or at the root. A renamed file comes back as one removed and
  /// one added. Neither the checkout nor the repository is written.
  public func patch(
    applying diff: [UInt8], at revision: Revision, origin: Patch.Origin,
    limits: PatchLimits = PatchLimits()
  ) throws(PatchError) -> Patch {
    guard diff.count <= limits.bytes else { throw .tooLarge("the diff", limit: limits.bytes) }
    let sections = try DiffReader.read(diff)
    guard !sections.isEmpty else { throw .noDiff }
    let changes = sections.filter(\.saysSomething)
    guard !changes.isEmpty else { throw .empty }
    guard changes.count <= limits.files else {
      throw .tooLarge("the number of files", limit: limits.files)
    }
    for change in changes { try Self.refuse(change) }
    return try patch(at: revision, origin, limits) { index throws(PatchError) in
      let tree = try Self.wrapping { () throws(RepositoryError) in try paths(at: revision) }
      var placed = try DiffPlaces(tree).placing(changes)
      for place in placed.indices {
        let old = placed[place].old
        let bytes = try Self.wrapping { () throws(RepositoryError) in
          try contents(of: old, at: revision)
        }
        if let bytes { placed[place].change.fitLineEnds(to: bytes) }
      }
      try index.apply(placed, at: revision)
    }
  }

  /// The patch that gives files whole new contents; `nil` removes one.
  public func patch(
    writing files: [String: [UInt8]?], at revision: Revision, origin: Patch.Origin,
    limits: PatchLimits = PatchLimits()
  ) throws(PatchError) -> Patch {
    guard files.count <= limits.files else {
      throw .tooLarge("the number of files", limit: limits.files)
    }
    for path in files.keys.sorted() where !TreePath.isContained(path) {
      throw .unsafePath(path, reason: "it would leave the tree or enter `.git`")
    }
    return try patch(at: revision, origin, limits) { index throws(PatchError) in
      let tree = try Self.wrapping { () throws(RepositoryError) in try paths(at: revision) }
      let taken = TakenPaths(tree.filter { files[$0.path] == nil })
      for path in files.keys.sorted() {
        guard let obstacle = taken.obstacle(to: path) else { continue }
        throw .unsafePath(path, reason: "`\(obstacle)` is not a folder")
      }
      try Self.wrapping { () throws(RepositoryError) in try index.write(files, over: tree) }
    }
  }

  /// Changes a private index and gives what is different in it.
  private func patch(
    at revision: Revision, _ origin: Patch.Origin, _ limits: PatchLimits,
    change: (PrivateIndex) throws(PatchError) -> Void
  ) throws(PatchError) -> Patch {
    let index = try Self.wrapping { () throws(RepositoryError) in
      try PrivateIndex(self, at: revision)
    }
    defer { index.remove() }
    try change(index)
    return try index.difference(from: revision, origin, limits)
  }

  /// What is wrong with a change whatever the tree.
  private static func refuse(_ change: FileChange) throws(PatchError) {
    let name = change.new ?? change.old ?? ""
    let path = DiffPath.stripped(name) ?? name
    if change.isBinary { throw .binary(path) }
    for mode in change.modes {
      if mode == "120000" { throw .symbolicLink(path) }
      if mode == "160000" { throw .submodule(path) }
    }
    // A removed file may have had any mode of a file.
    if !change.isRemoved, change.modes.contains(where: { $0 != "100644" }) {
      throw .modeChange(path)
    }
  }

  static func wrapping<Result>(
    _ work: () throws(RepositoryError) -> Result
  ) throws(PatchError) -> Result {
    do { return try work() } catch { throw .repository(error) }
  }
}

import Foundation

/// Two commits, of which the second is looked at and the first is compared with.
public struct RevisionRange: Sendable, Hashable {
  public var base: Revision
  public var end: Revision
}

extension Repository {
  /// The commits that `A..B`, `A...B` (from where the two parted) or `A` (up to `HEAD`) name; an empty side is `HEAD`.
  /// Steps back, as in `HEAD~2`, are understood.
  ///
  /// `nil` where one of them names nothing.
  public func range(_ text: String) throws(RepositoryError) -> RevisionRange? {
    for dots in ["...", ".."] {
      guard let found = text.range(of: dots) else { continue }
      guard let base = try commit(String(text[..<found.lowerBound])),
        let end = try commit(String(text[found.upperBound...]))
      else { return nil }
      if dots == ".." { return RevisionRange(base: base, end: end) }
      let answer = try git.run(["merge-base", base.id, end.id])
      guard answer.status == 0, let parted = answer.line.split(separator: "\n").first else {
        return nil
      }
      return RevisionRange(base: Revision(id: String(parted)), end: end)
    }
    guard let base = try commit(text) else { return nil }
    return RevisionRange(base: base, end: try head())
  }

  /// A revision's name, which may be followed by steps back.
  private func commit(_ text: String) throws(RepositoryError) -> Revision? {
    let steps = text.firstIndex { $0 == "~" || $0 == "^" } ?? text.endIndex
    let name = String(text[..<steps])
    guard let revision = try name.isEmpty ? head() : resolve(name) else { return nil }
    guard steps < text.endIndex else { return revision }
    guard text[steps...].wholeMatch(of: /(?:~[0-9]{0,5}|\^[0-9]{0,2})+/) != nil else {
      throw .unacceptableRevision(text)
    }
    return try firstCommit(of: [revision.id + text[steps...]])
  }

  /// Paths of regular files that the range changed or added, in the order of the tree. A file that was only moved is as it was.
  public func changedPaths(in range: RevisionRange) throws(RepositoryError) -> [String] {
    let before = try paths(at: range.base)
    let known = Set(before.map { $0.path + "\0" + $0.id })
    let after = try paths(at: range.end)
    let kept = Set(after.map(\.path))
    let gone = Set(before.filter { !kept.contains($0.path) }.map(\.id))
    return after.filter { entry in
      (entry.kind == .file || entry.kind == .executable) && !entry.isIllFormed
        && !known.contains(entry.path + "\0" + entry.id) && !gone.contains(entry.id)
    }.map(\.path)
  }
}

extension Repository {
  /// Whether a commit is the revision, or came before it; not, where the repository does not know it.
  public func holds(_ revision: Revision, commit: String) throws(RepositoryError) -> Bool {
    guard (40...64).contains(commit.utf8.count), commit.allSatisfy(\.isHexDigit) else {
      return false
    }
    return try git.run(["merge-base", "--is-ancestor", commit, revision.id]).status == 0
  }
}

import Foundation

/// Clones of our own: their files are ours to replace, unlike a person's checkout.
///
/// `folder` is a link to the files of one commit, with the objects beside it. It leads to another commit at once, and whoever works in
/// the files of the one before keeps them for an hour.
extension Repository {
  private static let kept = 3600.0

  /// Opens the clone at `folder`, making an empty one where there is none.
  public static func clone(at folder: String) throws(RepositoryError) -> Repository {
    let parent = (folder as NSString).deletingLastPathComponent
    let objects = parent + "/objects.git"
    let files = FileManager.default
    do {
      try files.createDirectory(
        atPath: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      if !files.fileExists(atPath: objects) {
        _ = try GitRunner(gitDirectory: objects).demand([
          "init", "--quiet", "--bare", "--template=",
        ])
      }
      if !files.fileExists(atPath: folder) {
        let empty = parent + "/tree-none"
        try files.createDirectory(atPath: empty, withIntermediateDirectories: true)
        try point(empty, to: objects)
        try link(folder, to: empty)
      }
    } catch let error as RepositoryError {
      throw error
    } catch {
      throw .unwritable(folder)
    }
    return try Repository(at: folder)
  }

  /// Leads the clone at `folder` to a branch that ``fetch(from:_:)`` brought; nothing is done where it is there.
  public static func stand(
    at folder: String, onRemoteBranch branch: String
  ) throws(RepositoryError) -> Repository {
    let repository = try Repository(at: folder)
    guard let wanted = try repository.firstCommit(of: ["refs/remotes/origin/\(branch)"]) else {
      throw .noCommits(folder)
    }
    let parent = (folder as NSString).deletingLastPathComponent
    let tree = "\(parent)/tree-\(wanted.id)"
    guard repository.root?.hasSuffix("/tree-\(wanted.id)") != true else { return repository }
    if !FileManager.default.fileExists(atPath: tree) {
      let fresh = "\(parent)/new-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: fresh) }
      try repository.export(wanted, to: fresh)
      do {
        try point(fresh, to: repository.gitDirectory)
        try FileManager.default.moveItem(atPath: fresh, toPath: tree)
      } catch {
        throw .unwritable(tree)
      }
    }
    _ = try repository.git.demand(["update-ref", "--no-deref", "HEAD", wanted.id])
    do { try link(folder, to: tree) } catch { throw .unwritable(folder) }
    if let left = repository.root {
      try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: left)
    }
    forget(in: parent, but: tree)
    return try Repository(at: folder)
  }

  private static func point(_ folder: String, to objects: String) throws {
    try "gitdir: \(objects)\n".write(toFile: folder + "/.git", atomically: true, encoding: .utf8)
  }

  private static func link(_ folder: String, to tree: String) throws {
    let fresh = "\(folder).new-\(UUID().uuidString)"
    try FileManager.default.createSymbolicLink(
      atPath: fresh, withDestinationPath: (tree as NSString).lastPathComponent)
    guard rename(fresh, folder) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
  }

  private static func forget(in parent: String, but tree: String) {
    let files = FileManager.default
    for name in (try? files.contentsOfDirectory(atPath: parent)) ?? []
    where name.hasPrefix("tree-") && "\(parent)/\(name)" != tree {
      let path = "\(parent)/\(name)"
      let changed = (try? files.attributesOfItem(atPath: path))?[.modificationDate] as? Date
      guard let changed, -changed.timeIntervalSinceNow > kept else { continue }
      try? files.removeItem(atPath: path)
    }
  }
}

import Foundation

/// A git repository that is read, and given branches, without running anything of its own.
///
/// The checkout, its index, its stash, `HEAD` and the configuration are never written.
public struct Repository: Sendable {
  /// The folder of the checkout; `nil` for a bare repository.
  public let root: String?
  /// Where references and objects lie; of a linked worktree, its own part.
  public let gitDirectory: String
  let git: GitRunner

  /// Finds the repository that holds a folder: the folder itself or the nearest one above it.
  ///
  /// The search is our own, because `git` refuses to search in folders of another owner.
  public init(at directory: String) throws(RepositoryError) {
    guard let start = Self.realFolder(directory) else { throw .notAFolder(directory) }
    for folder in Self.ancestors(of: start) {
      if access("\(folder)/.git", F_OK) == 0,
        let found = try Self.gitDirectory(at: "\(folder)/.git")
      {
        self = try Repository(root: folder, gitDirectory: found)
        return
      }
      if Self.looksBare(folder), let found = try Self.gitDirectory(at: folder) {
        // The `.git` folder of a checkout was given: its checkout is what was meant.
        let isInside = folder.hasSuffix("/.git")
        self = try Repository(
          root: isInside ? String(folder.dropLast("/.git".count)) : nil, gitDirectory: found)
        return
      }
    }
    throw .notARepository(directory)
  }

  private init(root: String?, gitDirectory: String) throws(RepositoryError) {
    self.root = root
    self.gitDirectory = gitDirectory
    git = try GitRunner(gitDirectory: gitDirectory)
  }

  private static func realFolder(_ path: String) -> String? {
    guard !path.utf8.contains(0), let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    var status = stat()
    guard stat(real, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
    return String(cString: real)
  }

  private static func ancestors(of folder: String) -> [String] {
    let names = folder.split(separator: "/")
    return (0...names.count).reversed().map { "/" + names.prefix($0).joined(separator: "/") }
  }

  private static func looksBare(_ folder: String) -> Bool {
    ["HEAD", "objects", "refs"].allSatisfy { access("\(folder)/\($0)", F_OK) == 0 }
  }

  /// What `git` takes this for; `nil` if it is no repository, as an empty `.git` folder is none.
  private static func gitDirectory(at path: String) throws(RepositoryError) -> String? {
    let answer = try GitRunner(gitDirectory: path).run(["rev-parse", "--absolute-git-dir"])
    return answer.status == 0 && answer.line.hasPrefix("/") ? answer.line : nil
  }
}

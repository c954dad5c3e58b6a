import Foundation

/// An index in a git directory of its own, which borrows the objects of a repository: what is
/// written while a patch is tried stays here and goes away with it, and of the repository no
/// configuration, attribute or hook is read.
struct PrivateIndex {
  let git: GitRunner
  private let folder: String
  private let environment: [String: String]
  /// How `git` writes that there is no object.
  let nothing: String

  /// Starts with a revision's tree.
  init(_ repository: Repository, at revision: Revision) throws(RepositoryError) {
    let objects = try repository.git.demand(["rev-parse", "--git-path", "objects"]).line
    folder =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("nevermore-\(UUID().uuidString)").path
    let format = revision.id.utf8.count == 64 ? "\n[extensions]\n\tobjectFormat = sha256" : ""
    let configuration =
      "[core]\n\trepositoryFormatVersion = \(format.isEmpty ? 0 : 1)\n\tbare = true\(format)\n"
    for part in ["", "/objects", "/refs"] where mkdir(folder + part, 0o700) != 0 {
      throw .unwritable(folder + part)
    }
    for (name, text) in [("HEAD", "ref: refs/heads/none\n"), ("config", configuration)] {
      guard FileWriting.create("\(folder)/\(name)", Array(text.utf8)[...], mode: 0o600) else {
        throw .unwritable("\(folder)/\(name)")
      }
    }
    nothing = String(repeating: "0", count: revision.id.utf8.count)
    environment = ["GIT_ALTERNATE_OBJECT_DIRECTORIES": Self.quoted(objects)]
    git = try GitRunner(gitDirectory: folder)
    try reset(to: revision)
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  func reset(to revision: Revision) throws(RepositoryError) {
    try demand(["read-tree", revision.id])
  }

  func run(_ arguments: [String], input: [UInt8] = []) throws(RepositoryError) -> GitRunner.Answer {
    try git.run(arguments, input: input, environment: environment)
  }

  @discardableResult
  func demand(
    _ arguments: [String], input: [UInt8] = []
  ) throws(RepositoryError) -> GitRunner.Answer {
    try git.demand(arguments, input: input, environment: environment)
  }

  /// A folder's path in a list that colons separate.
  private static func quoted(_ path: String) -> String {
    let escaped = path.replacingOccurrences(of: "\\", with: "\\\\")
      .replacingOccurrences(of: "\"", with: "\\\"")
    return "\"\(escaped)\""
  }
}

import Foundation
import Glibc
import Languages
import Sandboxing

/// A throwaway tree with the failing test in it: what a command makes of it is read, then it goes.
struct Worktree {
  let folder: String
  let workshop: Workshop
  let test: TestText
  let limits: CommandLimits
  private let before: [String: TreeWalk.Entry]

  var tree: String { folder + "/tree" }

  init(_ workshop: Workshop, _ test: TestText, _ limits: CommandLimits) throws {
    self.workshop = workshop
    self.test = test
    self.limits = limits
    folder = NSTemporaryDirectory() + "nevermore-repair-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    do {
      try workshop.export(folder + "/tree")
      for (path, text) in test.fixtures.merging([test.path: test.source], uniquingKeysWith: { $1 })
      {
        let url = URL(fileURLWithPath: "\(folder)/tree/\(path)")
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
      }
    } catch {
      Self.remove(folder)
      throw error
    }
    before = TreeWalk(of: folder + "/tree", limit: .max).entries
  }

  /// Takes everything away, whatever a command did to its modes and however deep it went.
  func remove() { Self.remove(folder) }

  private static func remove(_ folder: String) {
    for arguments in [["/bin/chmod", "-R", "u+rwX", "--"], ["/bin/rm", "-rf", "--"]] {
      _ = try? HostProcess.run(
        executable: arguments[0], arguments: Array(arguments.dropFirst()) + [folder],
        environment: ["LC_ALL": "C"], directory: "/")
    }
  }

  /// Whether the tree has grown past its limits, while the command runs.
  func isOverfull() -> CommandObjection? {
    let most = limits.treeBytes + before.values.reduce(0) { $0 + $1.size + 4096 }
    let walk = TreeWalk(
      of: tree, limit: before.count * 2 + limits.files, bytes: most, keeping: false)
    if walk.bytes > most { return .tooMuchDisk(bytes: limits.treeBytes) }
    return walk.isWhole ? nil : .tooManyFiles(limits.files)
  }

  /// The whole new texts of the files that were changed or added; no process is left that could
  /// change them while they are read.
  func changes() throws -> [String: String] {
    let walk = TreeWalk(of: tree, limit: before.count * 2 + limits.files)
    guard walk.isWhole else { throw CommandObjection.tooManyFiles(limits.files) }
    let after = walk.entries.filter { !workshop.isGenerated($0.key) }
    let ours = Set([test.path]).union(test.fixtures.keys)
    for path in before.keys.sorted() where after[path] == nil && !workshop.isGenerated(path) {
      if !ours.contains(path) { throw CommandObjection.removed(path) }
    }
    var changes: [String: String] = [:]
    for (path, entry) in after.sorted(by: { $0.key < $1.key }) where before[path] != entry {
      if ours.contains(path) { continue }
      if let text = try text(of: path, entry) { changes[path] = text }
      guard changes.count <= limits.changedFiles else {
        throw CommandObjection.tooManyChanges(limits.changedFiles)
      }
    }
    guard changes.isEmpty else { return changes }
    let touched = ours.contains { after[$0] != before[$0] }
    throw touched ? CommandObjection.onlyTheTest : .nothingChanged
  }

  /// The file's text; `nil` if it is what it was.
  private func text(of path: String, _ entry: TreeWalk.Entry) throws -> String? {
    if let oddity = entry.oddity {
      if entry.target != nil, entry.target == before[path]?.target { return nil }
      throw CommandObjection.noPlainFile(path, kind: oddity)
    }
    guard entry.size <= limits.changedBytes else {
      // A large file of the repository that was only touched is not read.
      throw CommandObjection.tooLarge(path, bytes: limits.changedBytes)
    }
    guard let bytes = Self.read(tree + "/" + path, at: entry.size) else {
      throw CommandObjection.noPlainFile(path, kind: "not to be read")
    }
    if let original = try workshop.original(path), original == bytes { return nil }
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandObjection.notText(path)
    }
    return text
  }

  private static func read(_ path: String, at size: Int) -> [UInt8]? {
    chmod(path, 0o600)
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: size + 1)
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      filled += count
    }
    return Array(bytes[..<min(filled, size)])
  }
}

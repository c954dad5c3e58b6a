import Foundation
import Testing

@testable import Shipping

/// A folder of its own with a real git repository, removed at the end.
final class GitFixture: Sendable {
  let folder: String
  var path: String { "\(folder)/repository" }

  init(_ arguments: [String] = []) throws {
    folder = FileManager.default.temporaryDirectory.path + "/shipping-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try git(["init", "-q", "-b", "main"] + arguments + [path], at: folder)
    try git(["config", "user.name", "Ada"])
    try git(["config", "user.email", "ada@example.com"])
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  struct Failed: Error { var arguments: [String], output: String }

  /// Runs git as a person would, with the repository's settings in force.
  @discardableResult
  func git(
    _ arguments: [String], at directory: String? = nil, input: [UInt8] = [], mayFail: Bool = false
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: directory ?? path)
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder,
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_EDITOR": "true", "GIT_ALLOW_PROTOCOL": "file:ext",
    ]
    let source = "\(folder)/input-\(UUID().uuidString)"
    #expect(FileManager.default.createFile(atPath: source, contents: Foundation.Data(input)))
    process.standardInput = FileHandle(forReadingAtPath: source)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try FileManager.default.removeItem(atPath: source)
    guard process.terminationStatus == 0 || mayFail else {
      throw Failed(arguments: arguments, output: output)
    }
    return output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  func write(_ text: String, to file: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(file)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Foundation.Data(text.utf8).write(to: url)
  }

  @discardableResult
  func commit(_ files: [String: String], _ message: String = "change") throws -> String {
    for (file, text) in files { try write(text, to: file) }
    try git(["add", "-A"])
    try git(["commit", "-q", "--allow-empty", "-m", message])
    return try git(["rev-parse", "HEAD"])
  }

  /// Commits a tree that no checkout would give: entries of `mode`, name and content or id, in any
  /// order.
  func commitTree(_ entries: [(mode: String, path: String, content: String)]) throws -> String {
    let tree = try tree(entries)
    return try git(["commit-tree", tree, "-m", "crafted"])
  }

  /// Writes tree objects by hand, because `git mktree` refuses what a hostile tree holds.
  func tree(_ entries: [(mode: String, path: String, content: String)]) throws -> String {
    var bytes: [UInt8] = []
    for entry in entries {
      let id: String =
        entry.mode == "40000" || entry.mode == "160000"
        ? entry.content
        : try git(
          ["hash-object", "-w", "--no-filters", "--stdin"], input: Array(entry.content.utf8))
      bytes += Array("\(entry.mode) \(entry.path)".utf8) + [0]
      bytes += stride(from: 0, to: id.count, by: 2).map { place in
        UInt8(id.dropFirst(place).prefix(2), radix: 16) ?? 0
      }
    }
    return try git(
      ["hash-object", "-w", "-t", "tree", "--literally", "--stdin"], input: bytes)
  }

  /// Every file below a folder with its bytes, mode and time of change; links with their targets.
  func snapshot(of directory: String? = nil, except: (String) -> Bool = { _ in false })
    throws -> [String: String]
  {
    let root = directory ?? path
    var snapshot: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: root) where !except(name) {
      var status = stat()
      guard lstat("\(root)/\(name)", &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: continue
      case S_IFLNK:
        snapshot[name] =
          "link " + (try FileManager.default.destinationOfSymbolicLink(atPath: "\(root)/\(name)"))
      default:
        let bytes = FileManager.default.contents(atPath: "\(root)/\(name)") ?? Foundation.Data()
        snapshot[name] =
          "\(status.st_mode) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) "
          + bytes.base64EncodedString()
      }
    }
    return snapshot
  }

  var repository: Repository { get throws { try Repository(at: path) } }
}

/// What a shipping may write: objects, and the failure's branch with its log.
func isOfShipping(_ path: String) -> Bool {
  path.hasPrefix(".git/objects/") || path.hasPrefix(".git/refs/heads/nevermore/")
    || path.hasPrefix(".git/logs/refs/heads/nevermore/")
}

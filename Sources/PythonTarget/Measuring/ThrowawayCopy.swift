import Foundation
import Interchange
import Languages

extension PythonRepository {
  /// Opens the repository on a copy of its tree that is gone afterwards: what runs there sees it at the checkout's own path, and
  /// whatever it writes, or however it ends, this tree stays as it is.
  func inCopy<Result>(
    with files: [String: String] = [:], _ work: (PythonRepository) throws -> Result
  ) throws -> Result {
    let folder = NSTemporaryDirectory() + "nevermore-copy-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    try FileManager.default.copyItem(atPath: tree, toPath: folder + "/tree")
    let copy = try PythonRepository(
      settings: settings, tree: folder + "/tree", root: root, mode: sandbox.mode)
    defer { copy.close() }
    if !files.isEmpty {
      let members = files.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) }
      _ = try copy.kit.ask("replace", [.init("files", .object(members))])
    }
    return try work(copy)
  }
}

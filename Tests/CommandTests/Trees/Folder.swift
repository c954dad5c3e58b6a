import Foundation

/// A temporary folder of its own, removed at the end.
final class Folder: Sendable {
  let path: String

  init() throws {
    let parent = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
    path = "\(parent)/commands-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to file: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(file)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func text(_ file: String) throws -> String {
    try String(decoding: Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)")), as: UTF8.self)
  }

  func holds(_ file: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(file)") }

  /// The bytes of every file below a folder of it, by path.
  func contents(of folder: String = "") throws -> [String: Data] {
    let root = folder.isEmpty ? path : "\(path)/\(folder)"
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: root) {
      var isFolder: ObjCBool = false
      let whole = "\(root)/\(name)"
      guard FileManager.default.fileExists(atPath: whole, isDirectory: &isFolder) else { continue }
      contents[name] =
        isFolder.boolValue ? Data() : try Data(contentsOf: URL(fileURLWithPath: whole))
    }
    return contents
  }
}

import Failures
import Foundation

/// Writes a patch's files into a private tree.
///
/// Law: nothing is written outside of the tree, whatever links it holds.
enum PatchedTree {
  static func write(_ patch: Patch, into tree: String) throws(CommandFailure) {
    for (path, bytes) in patch.files.sorted(by: { $0.key < $1.key }) {
      let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else {
        throw refusal(path)
      }
      var folder = tree
      for part in parts.dropLast() {
        folder += "/" + part
        var status = stat()
        if lstat(folder, &status) != 0 {
          guard mkdir(folder, 0o755) == 0 else { throw refusal(path) }
        } else if status.st_mode & S_IFMT != S_IFDIR {
          throw refusal(path)
        }
      }
      let whole = "\(tree)/\(path)"
      var status = stat()
      let exists = lstat(whole, &status) == 0
      if exists, unlink(whole) != 0 { throw refusal(path) }
      guard let bytes else { continue }
      try create(whole, bytes, mode: exists ? status.st_mode & 0o777 : 0o644, path)
    }
  }

  private static func create(
    _ whole: String, _ bytes: [UInt8], mode: mode_t, _ path: String
  ) throws(CommandFailure) {
    let descriptor = open(whole, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw refusal(path) }
    defer { close(descriptor) }
    var left = bytes[...]
    while !left.isEmpty {
      let written = left.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { throw refusal(path) }
      left = left.dropFirst(written)
    }
  }

  private static func refusal(_ path: String) -> CommandFailure {
    CommandFailure(
      .usage,
      "`\(path)` of the patch cannot be written into a copy of the tree\nhint: links and folders stand where the patch wants a file"
    )
  }
}

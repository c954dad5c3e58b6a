import Foundation
import Shipping

/// A file that holds a forge's token, or another secret of one line.
enum TokenFile {
  static func access(_ file: String?) throws(CommandFailure) -> RemoteAccess {
    guard let file else {
      return RemoteAccess(home: ProcessInfo.processInfo.environment["HOME"])
    }
    return .token(try token(in: file))
  }

  /// A token's file is its owner's alone.
  static func token(in file: String) throws(CommandFailure) -> String {
    var status = stat()
    guard stat(file, &status) == 0, let bytes = FileManager.default.contents(atPath: file) else {
      throw CommandFailure(
        .usage, "`\(file)` cannot be read\nhint: it has to hold the forge's token")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw CommandFailure(
        .usage, "`\(file)` can be read by others\nhint: chmod 600 \(file)")
    }
    let token = String(decoding: bytes, as: UTF8.self).trimmingCharacters(
      in: .whitespacesAndNewlines)
    guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw CommandFailure(.usage, "`\(file)` holds no token\nhint: one line, the token alone")
    }
    return token
  }
}

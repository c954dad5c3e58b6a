import Foundation

/// Room that is kept by a file of nothing: on a full disk even a deletion needs some, and this is given back for it.
public struct Ballast: Sendable {
  public let path: String
  public let bytes: Int

  /// The file's name inside the folder.
  public static let fileName = "ballast"

  public init(in folder: String, bytes: Int = 16 << 20) {
    path = folder + "/" + Self.fileName
    self.bytes = bytes
  }

  public var isThere: Bool {
    var status = stat()
    return stat(path, &status) == 0 && Int(status.st_size) == bytes
  }

  /// Takes the room; `false` where there is not enough of it, and then nothing of it is taken.
  public func make() -> Bool {
    if isThere { return true }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // A file with holes would hold no room.
    guard posix_fallocate(descriptor, 0, off_t(bytes)) == 0, fsync(descriptor) == 0 else {
      release()
      return false
    }
    return true
  }

  /// Gives the room back.
  public func release() { unlink(path) }

  /// Bytes that the folder's disk has for us, besides the ballast.
  public static func room(in folder: String) -> Int {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return 0 }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }
}

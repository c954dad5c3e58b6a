import Foundation

/// One daemon a folder: the lock ends with the process that holds it, however that ends.
public final class FolderLock: Sendable {
  private let descriptor: Int32

  /// The file's name inside the folder. It stays; only the lock on it counts.
  public static let fileName = "nevermore.lock"

  /// Takes the folder, making it where it is missing; throws ``StorageError/served(folder:process:)`` where a daemon has it.
  public init(on folder: String) throws(StorageError) {
    let path = folder + "/" + Self.fileName
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // A worker that outlives the daemon must not hold its folder.
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.refusal(errno, folder) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = Self.written(in: descriptor)
      close(descriptor)
      throw .served(folder: folder, process: holder)
    }
    // Who holds it is a courtesy to whoever is refused; a full disk must not keep a daemon from starting.
    let name = Array("\(getpid())\n".utf8)
    _ = ftruncate(descriptor, 0)
    _ = pwrite(descriptor, name, name.count, 0)
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  private static func written(in descriptor: Int32) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return Int32(String(decoding: bytes.prefix(max(0, count)).prefix { $0 != 10 }, as: UTF8.self))
  }

  private static func refusal(_ code: Int32, _ folder: String) -> StorageError {
    switch code {
    case ENOSPC, EDQUOT: .full(folder: folder)
    case EACCES, EPERM, EROFS: .closed(folder: folder)
    default: .disk(folder: folder)
    }
  }
}

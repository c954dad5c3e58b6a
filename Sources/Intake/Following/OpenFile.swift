import Foundation

/// A file that is held open, so that it stays itself while its name goes to another.
final class OpenFile: Sendable {
  let identity: FileIdentity
  private let descriptor: Int32

  /// `nil` for what is no ordinary file, or may not be read. Never waits, as the opening of a pipe would.
  init?(path: String) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      return nil
    }
    identity = FileIdentity(status)
  }

  deinit { close(descriptor) }

  var size: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// When it was last written to, in nanoseconds.
  var changed: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? status.nanoseconds : 0
  }

  /// At most so many bytes; fewer where the file ends.
  func bytes(from offset: Int, count: Int) -> [UInt8] {
    var filled = 0
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while filled < count, let base = buffer.baseAddress {
        let read = pread(descriptor, base + filled, count - filled, off_t(offset + filled))
        if read <= 0 { break }
        filled += read
      }
      initialized = filled
    }
  }
}

extension FileIdentity {
  init(_ status: stat) {
    self.init(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }

  /// What a path names now, links followed.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}

extension stat {
  fileprivate var nanoseconds: Int { st_mtim.tv_sec * 1_000_000_000 + st_mtim.tv_nsec }
}

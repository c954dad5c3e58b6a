import Foundation

/// Sees whether anything opens a file, whichever process does it and by whatever name.
final class Watch: Sendable {
  private let descriptor: Int32

  struct Unwatchable: Error { var path: String }

  init(_ path: String) throws {
    descriptor = inotify_init1(Int32(O_NONBLOCK))
    let opened: UInt32 = 0x20
    guard descriptor >= 0, inotify_add_watch(descriptor, path, opened) >= 0 else {
      throw Unwatchable(path: path)
    }
  }

  deinit { close(descriptor) }

  var wasOpened: Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    return read(descriptor, &buffer, buffer.count) > 0
  }
}

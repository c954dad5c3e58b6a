import Foundation
import Glibc

/// What lies in a folder, seen without following any link.
struct TreeWalk {
  struct Entry: Equatable {
    var kind: mode_t
    var size: Int
    var inode: ino_t
    var changed: [Int]
    /// Where a link leads.
    var target: String?
  }

  private(set) var entries: [String: Entry] = [:]
  /// As the file system counts them.
  private(set) var bytes = 0
  private(set) var isWhole = true
  private let limit: Int
  private let keeps: Bool
  private static let depth = 60

  /// Walks until `limit` files or `bytes` bytes were seen; ``isWhole`` says whether that was all.
  /// Without `keeping` only the sizes are added up.
  init(of folder: String, limit: Int, bytes: Int = .max, keeping: Bool = true) {
    self.limit = limit
    keeps = keeping
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      isWhole = false
      return
    }
    walk(descriptor, "", depth: 0, bytes)
  }

  private var count = 0

  private mutating func walk(_ descriptor: Int32, _ prefix: String, depth: Int, _ most: Int) {
    guard depth < Self.depth, let stream = fdopendir(descriptor) else {
      close(descriptor)
      isWhole = false
      return
    }
    defer { closedir(stream) }
    while let found = readdir(stream) {
      let name = withUnsafeBytes(of: &found.pointee.d_name) { bytes in
        Array(bytes.prefix { $0 != 0 })
      }
      guard name != [0x2e], name != [0x2e, 0x2e] else { continue }
      count += 1
      guard count <= limit, bytes <= most else {
        isWhole = false
        return
      }
      let place = prefix + String(decoding: name, as: UTF8.self)
      var status = stat()
      let terminated = name.map { CChar(bitPattern: $0) } + [0]
      guard fstatat(dirfd(stream), terminated, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
      bytes += Int(status.st_blocks) * 512
      if status.st_mode & S_IFMT == S_IFDIR {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let inner = openat(dirfd(stream), terminated, flags)
        guard inner >= 0 else {
          isWhole = false
          continue
        }
        walk(inner, place + "/", depth: depth + 1, most)
      } else if keeps {
        entries[place] = Entry(status, target: Self.target(of: terminated, in: dirfd(stream)))
      }
    }
  }

  private static func target(of name: [CChar], in folder: Int32) -> String? {
    var text = [CChar](repeating: 0, count: 4096)
    let count = readlinkat(folder, name, &text, text.count)
    return count < 0
      ? nil : String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension TreeWalk.Entry {
  fileprivate init(_ status: stat, target: String?) {
    self.init(
      kind: status.st_mode & S_IFMT, size: Int(status.st_size), inode: status.st_ino,
      // The time of the last change cannot be set by a program.
      changed: [
        status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec,
        status.st_ctim.tv_nsec,
      ], target: target)
  }

  /// What it is, if it is no plain file.
  var oddity: String? {
    switch kind {
    case S_IFREG: nil
    case S_IFLNK: "a symbolic link"
    case S_IFIFO: "a named pipe"
    case S_IFSOCK: "a socket"
    case S_IFBLK, S_IFCHR: "a device"
    default: "no file"
    }
  }
}

import Glibc

/// What the kernel tells about processes, in files that have no size before they are read.
enum ProcessFiles {
  static func bytes(_ path: String) -> [UInt8] {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return [] }
    let file = Descriptor(number)
    var content: [UInt8] = []
    var scratch = [UInt8](repeating: 0, count: 4096)
    while case .bytes = file.read(into: &content, scratch: &scratch) {}
    return content
  }

  static func text(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }

  static func numbers(_ path: String) -> [Int32] {
    text(path).split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
  }

  /// Whether all of the text was taken.
  static func write(_ text: String, to path: String) -> Bool {
    let number = open(path, O_WRONLY | O_CLOEXEC)
    guard number >= 0 else { return false }
    let file = Descriptor(number)
    if case .bytes(text.utf8.count) = file.write(Array(text.utf8)[...]) { return true }
    return false
  }

  /// All processes that this one can see.
  static func all() -> [pid_t] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var identifiers: [pid_t] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let identifier = pid_t(name) { identifiers.append(identifier) }
    }
    return identifiers
  }
}

/// A process by its number and its start: numbers are used again.
struct ProcessIdentity: Sendable, Equatable {
  var identifier: pid_t
  var started: Substring

  /// Nil if the process is gone, or is another one that got its number: it is about to be killed.
  init?(firstProcessOfNamespace identifier: pid_t) {
    guard let state = ProcessIdentity.state(identifier),
      let numbers = ProcessFiles.text("/proc/\(identifier)/status").split(separator: "\n")
        .first(where: { $0.hasPrefix("NSpid:") })?.split(whereSeparator: \.isWhitespace),
      numbers.count > 2, numbers.last == "1"
    else { return nil }
    self.identifier = identifier
    started = state.started
  }

  /// A process that only waits to be reaped has nothing left that runs.
  var isAlive: Bool {
    guard let state = ProcessIdentity.state(identifier) else { return false }
    return state.started == started && state.letter != "Z" && state.letter != "X"
  }

  private static func state(_ identifier: pid_t) -> (letter: Substring, started: Substring)? {
    let text = ProcessFiles.text("/proc/\(identifier)/stat")
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    return fields.count > 19 ? (fields[0], fields[19]) : nil
  }
}

import Foundation

/// What people read: talk goes to standard error, progress only to a terminal.
enum Terminal {
  static var isInteractive: Bool { isatty(2) == 1 }

  static func complain(_ message: String) { write("nevermore: \(message)\n", to: 2) }

  static func talk(_ message: String) { write(message + "\n", to: 2) }

  /// A line of progress; nothing where nobody watches.
  static func progress(_ message: String) {
    if isInteractive { talk(message) }
  }

  /// Data for standard output; a reader that cannot take it all must not be told that it has.
  static func print(_ text: String) throws(CommandFailure) {
    guard write(text + "\n", to: 1) else {
      throw CommandFailure(
        .ourFault,
        "standard output took only a part: \(String(cString: strerror(errno)))\nhint: give it a place with room"
      )
    }
  }

  /// A line for the daemon that started this process; where nobody reads it any more, the process has nothing left to do.
  static func answer(_ line: [UInt8]) {
    if !write(line, to: 1) { _exit(ExitStatus.ourFault.rawValue) }
  }

  @discardableResult
  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    write(Array(text.utf8), to: descriptor)
  }

  private static func write(_ content: [UInt8], to descriptor: Int32) -> Bool {
    var bytes = content[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { return false }
      bytes = bytes.dropFirst(written)
    }
    return true
  }
}

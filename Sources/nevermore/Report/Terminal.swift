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

  static func print(_ text: String) { write(text + "\n", to: 1) }

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { return }
      bytes = bytes.dropFirst(written)
    }
  }
}

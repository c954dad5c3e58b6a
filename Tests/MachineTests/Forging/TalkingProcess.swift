import Foundation
import Interchange

/// A program that says lines of JSON and ends with its standard input.
final class TalkingProcess: @unchecked Sendable {
  struct Silent: Error, CustomStringConvertible {
    var command: String
    var description: String { "`\(command)` ended without a word" }
  }

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let lock = NSLock()
  private var rest: [UInt8] = []

  init(_ command: [String]) throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.terminate()
    process.waitUntilExit()
  }

  /// Waits for the next line.
  func line() throws -> JSON {
    lock.lock()
    defer { lock.unlock() }
    while true {
      if let end = rest.firstIndex(of: 10) {
        let line = Array(rest[..<end])
        rest.removeFirst(end + 1)
        return try JSON(parsing: line)
      }
      let bytes = output.fileHandleForReading.availableData
      guard !bytes.isEmpty else { throw Silent(command: process.arguments?.last ?? "") }
      rest += bytes
    }
  }
}

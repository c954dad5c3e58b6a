import Foundation
import Intake

/// A real log in a folder of its own, and what is known of what was written to it.
final class WrittenLog {
  let folder: String
  var path: String { "\(folder)/app.log" }
  /// Whole lines, in the order in which they were written.
  private(set) var written: [String] = []
  /// Those of the file that has the name now.
  private(set) var current: [String] = []
  private var half = ""
  private var writer: FileHandle?
  /// Times of change are set by hand: those of the system are too coarse for what a test does.
  private var clock = Date(timeIntervalSince1970: 1_800_000_000)
  private var number = 0

  init() throws {
    folder = NSTemporaryDirectory() + "following-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try reopen()
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// A line of its own text, which has not been written before.
  func fresh() -> String {
    number += 1
    return "{\"line\": \(number), \"text\": \"\(String(repeating: "x", count: number * 37 % 90))\"}"
  }

  func write(_ text: String) throws {
    try writer?.seekToEnd()
    try writer?.write(contentsOf: Data(text.utf8))
    if writer != nil { stamp() }
    var lines = (half + text).components(separatedBy: "\n")
    half = lines.removeLast()
    written += lines
    current += lines
  }

  func writeLines(_ count: Int) throws { for _ in 0..<count { try write(fresh() + "\n") } }

  /// Renames, as `logrotate` does it: what was `.1` becomes `.2`. The writer is still at the old file.
  func rename() throws {
    let files = FileManager.default
    var last = 1
    while files.fileExists(atPath: "\(path).\(last)") { last += 1 }
    for index in stride(from: last, to: 1, by: -1) {
      try files.moveItem(atPath: "\(path).\(index - 1)", toPath: "\(path).\(index)")
    }
    try files.moveItem(atPath: path, toPath: "\(path).1")
  }

  /// The writer notices, and goes on in a file of the old name. What it had half written stays a line without an end.
  func reopen() throws {
    if !half.isEmpty { written.append(half) }
    half = ""
    current = []
    try writer?.close()
    if !FileManager.default.fileExists(atPath: path) {
      try Data().write(to: URL(fileURLWithPath: path))
    }
    writer = FileHandle(forWritingAtPath: path)
    stamp()
  }

  func rotate() throws {
    try rename()
    try reopen()
  }

  func copy() throws {
    try FileManager.default.copyItem(atPath: path, toPath: "\(path).9")
  }

  func truncate() throws {
    try writer?.truncate(atOffset: 0)
    stamp()
    current = []
    half = ""
  }

  func remove() throws { try FileManager.default.removeItem(atPath: path) }

  private func stamp() {
    clock += 1
    guard let descriptor = writer?.fileDescriptor else { return }
    let seconds = time_t(clock.timeIntervalSince1970)
    let times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
    futimens(descriptor, times)
  }
}

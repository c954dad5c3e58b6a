import Foundation
import Testing

@testable import Sandboxing

/// Runs Python in the sandbox, and looks for what it left behind.
struct Script {
  static let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// A string that no other process of the machine has among its arguments.
  var mark = "survivor-\(UUID().uuidString)"
  var sandbox = Sandbox()

  func command(
    _ source: String, environment: [String: String] = [:], directory: String = "/tmp"
  ) throws -> Command {
    Command(
      arguments: [try #require(Script.python), "-c", source, mark], environment: environment,
      directory: directory)
  }

  func run(
    _ source: String, environment: [String: String] = [:], directory: String = "/tmp",
    input: [UInt8] = [], limits: Limits = Limits()
  ) throws -> Completion {
    try sandbox.run(
      command(source, environment: environment, directory: directory), input: input,
      limits: limits)
  }

  /// What it wrote to standard output, without the last newline.
  func answer(
    _ source: String, environment: [String: String] = [:], directory: String = "/tmp"
  ) throws -> String {
    let completion = try run(source, environment: environment, directory: directory)
    #expect(
      completion.ending == .exited(0), "\(String(decoding: completion.errors, as: UTF8.self))")
    let text = String(decoding: completion.output, as: UTF8.self)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  /// The processes that still have the mark.
  func survivors() -> [pid_t] {
    ProcessFiles.all().filter { process in
      String(decoding: ProcessFiles.bytes("/proc/\(process)/cmdline"), as: UTF8.self)
        .contains(mark)
    }
  }
}

/// A folder that is gone with its owner.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "nevermore-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
  }

  func read(_ name: String) -> String? {
    try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }
}

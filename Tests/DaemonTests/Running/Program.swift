import Foundation

/// The real binary, run as a person would run it.
struct Program {
  let status: Int32
  let output: String
  let talk: String

  /// The executable that was built beside these tests.
  static let path: String = {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appendingPathComponent("nevermore").path
  }()

  /// `within` is a command that runs it, in namespaces say.
  static func run(
    _ arguments: [String], input: String = "", within: [String] = []
  ) throws -> Program {
    let scratch = try Scratch()
    for name in ["output", "talk"] {
      FileManager.default.createFile(atPath: "\(scratch.path)/\(name)", contents: nil)
    }
    try input.write(toFile: "\(scratch.path)/input", atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = within + [path] + arguments
    process.standardInput = FileHandle(forReadingAtPath: "\(scratch.path)/input")
    process.standardOutput = FileHandle(forWritingAtPath: "\(scratch.path)/output")
    process.standardError = FileHandle(forWritingAtPath: "\(scratch.path)/talk")
    try process.run()
    process.waitUntilExit()
    return Program(
      status: process.terminationStatus,
      output: try String(contentsOfFile: "\(scratch.path)/output", encoding: .utf8),
      talk: try String(contentsOfFile: "\(scratch.path)/talk", encoding: .utf8))
  }
}

import Foundation
import Interchange
import Testing

/// The real binary, run as a person would run it.
struct Program {
  let status: Int32
  let output: String
  let talk: String

  struct Unended: Error { var arguments: [String] }

  /// The executable that was built beside these tests.
  static let path: String = {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appendingPathComponent("nevermore").path
  }()

  /// Ends it after ten minutes, which is a failure of the test and never a measurement; with
  /// `memoryBytes` it ends itself when it wants more.
  static func run(
    _ arguments: [String], at folder: String, input: String = "",
    memoryBytes: Int? = nil
  ) throws -> Program {
    let scratch = try Folder()
    let process = Process()
    let limit = memoryBytes.map { ["prlimit", "--as=\($0)", "--core=0"] } ?? []
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = limit + [path] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "HOME": scratch.path, "TMPDIR": scratch.path + "/", "NO_COLOR": "1", "LANG": "C.UTF-8",
    ]
    try scratch.write(input, to: "input")
    try scratch.write("", to: "output")
    try scratch.write("", to: "talk")
    process.standardInput = FileHandle(forReadingAtPath: "\(scratch.path)/input")
    process.standardOutput = FileHandle(forWritingAtPath: "\(scratch.path)/output")
    process.standardError = FileHandle(forWritingAtPath: "\(scratch.path)/talk")
    try process.run()
    let deadline = Date().addingTimeInterval(600)
    while process.isRunning {
      guard Date() < deadline else {
        process.terminate()
        throw Unended(arguments: arguments)
      }
      usleep(20_000)
    }
    #expect(process.terminationReason == .exit, "a signal ended \(arguments.prefix(2))")
    return Program(
      status: process.terminationStatus, output: try scratch.text("output"),
      talk: try scratch.text("talk"))
  }

  /// The one object that `--json` prints.
  func report() throws -> JSON {
    #expect(output.last == "\n" && output.dropLast().allSatisfy { $0 != "\n" }, "one line")
    return try JSON(parsing: Array(output.utf8))
  }
}

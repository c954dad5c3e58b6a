import Foundation
import Testing

/// A git repository made on the fly, and beside it a configuration, events and whatever must stay outside.
final class Checkout: Sendable {
  let folder: Folder
  /// The repository's root.
  var path: String { "\(folder.path)/tiny" }
  var configuration: String { "\(folder.path)/nevermore.yaml" }

  struct GitFailed: Error { var arguments: [String], output: String }

  /// The smallest code base with a bug: an average of nothing.
  static let tiny = [
    "tiny/__init__.py": "",
    "tiny/prices.py": "import os\n\n\ndef average(total, count):\n    return total / count\n",
    "tests/test_prices.py": """
    from tiny.prices import average


    def test_average():
        assert average(4, 2) == 2

    """,
  ]

  init(
    _ files: [String: String] = Checkout.tiny, environment: String = "shop",
    copying tree: URL? = nil, settings: String = ""
  ) throws {
    folder = try Folder()
    if let tree {
      try FileManager.default.copyItem(at: tree, to: URL(fileURLWithPath: path))
    }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (file, text) in files { try write(text, to: file) }
    let interpreter = try Environments.interpreter(environment)
    try folder.write(
      "python:\n  interpreter: \(interpreter)\n\(settings)", to: "nevermore.yaml")
    try git(["init", "-q", "-b", "main"])
    try git(["add", "-A"])
    try git(["commit", "-q", "-m", "the code as it is deployed"])
  }

  func write(_ text: String, to file: String) throws { try folder.write(text, to: "tiny/\(file)") }

  @discardableResult
  func git(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    process.arguments? += arguments
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "HOME": folder.path, "GIT_CONFIG_NOSYSTEM": "1",
    ]
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw GitFailed(arguments: arguments, output: output)
    }
    return output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// `nevermore fix` on an event of this repository.
  func fix(_ event: String, _ options: [String] = ["--no-ship"]) throws -> Program {
    try folder.write(event, to: "event.json")
    return try Program.run(
      ["fix", "\(folder.path)/event.json", "--repo", path, "--config", configuration, "--json"]
        + options, at: folder.path)
  }
}

import Foundation

/// An interpreter of one of the environments, run as the owner of a service would run it.
struct Python {
  let status: Int32
  let output: String

  static func run(
    _ environment: String, _ arguments: [String], at folder: String
  ) throws -> Python {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try Environments.interpreter(environment))
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": folder, "PYTHONDONTWRITEBYTECODE": "1",
    ]
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Python(status: process.terminationStatus, output: output)
  }
}

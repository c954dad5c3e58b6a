import Foundation
import Interchange
import Testing

/// `nevermore serve` on a port of its own, and the real clients that send to it.
final class RunningDaemon {
  let data: String
  let address: String
  private let process: Process

  struct NeverListened: Error { let talk: String }

  /// Starts it on a folder, and waits until it listens.
  init(data: String) throws {
    self.data = data
    process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = ["serve", "--data", data, "--listen", "127.0.0.1:0", "--workers", "1"]
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": data,
      "NO_COLOR": "1", "LANG": "C.UTF-8",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardError = pipe
    try process.run()
    var talk = ""
    var found: String?
    while found == nil {
      let piece = pipe.fileHandleForReading.availableData
      guard !piece.isEmpty else { throw NeverListened(talk: talk) }
      talk += String(decoding: piece, as: UTF8.self)
      found = Self.address(in: talk)
    }
    address = found ?? ""
    // What it says later must not block it.
    pipe.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
  }

  deinit { kill() }

  private static func address(in talk: String) -> String? {
    guard let line = talk.firstRange(of: /nevermore: listening on (.*)\n/) else { return nil }
    return String(talk[line].dropFirst("nevermore: listening on ".count).dropLast())
  }

  /// Ends it as a system does; its status.
  func terminate() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -1
  }

  /// Ends it without a warning.
  func kill() {
    guard process.isRunning else { return }
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Adds a project, and answers with its DSN.
  func add(_ name: String, _ checkout: Checkout, _ options: [String] = []) throws -> String {
    let said = try Program.run(
      ["project", "add", name, "--repo", checkout.path, "--data", data, "--listen", address]
        + options + ["--json"], at: checkout.folder.path)
    return try #require(try said.report()["dsn"]?.text, "\(said.talk)")
  }

  /// What a command of the daemon's prints as a JSON array.
  func list(_ command: String) throws -> [JSON] {
    let said = try Program.run([command, "--data", data, "--json"], at: data)
    #expect(said.status == 0, "\(said.talk)")
    return try JSON(parsing: Array(said.output.utf8)).items ?? []
  }

  /// Waits until no failure's case is open any more.
  func settled() throws -> [JSON] {
    let deadline = Date().addingTimeInterval(300)
    while Date() < deadline {
      let failures = try list("failures")
      let states = failures.compactMap { $0["state"]?.text }
      if !failures.isEmpty, !states.contains("queued"), !states.contains("working") {
        return failures
      }
      usleep(200_000)
    }
    return try list("failures")
  }
}

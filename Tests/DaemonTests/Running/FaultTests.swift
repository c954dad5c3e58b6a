import Foundation
import Interchange
import Testing

@testable import Storage

/// What happens to a daemon's folder, and what the real daemon makes of it.
@Suite(.serialized)
struct FaultTests {
  @Test func `a folder has one daemon, and a killed one leaves it free`() throws {
    let scratch = try Scratch()
    let first = try RunningDaemon(in: scratch)
    let second = try Program.run(["serve", "--data", first.data, "--listen", "127.0.0.1:0"])
    #expect(second.status == 12)
    #expect(second.talk.contains("served already, by process \(first.identifier)"))
    #expect(second.talk.contains("\nhint: "))
    #expect(try first.send(1).status == 200)
    first.end(SIGKILL)
    let third = try RunningDaemon(in: scratch)
    #expect(try third.send(2).status == 200)
    third.end(SIGTERM)
    #expect(try acknowledged(third) == 2)
  }

  @Test(.enabled(if: FaultTests.canMount, "no file system can be mounted here"))
  func `a full disk refuses, loses nothing, and is gone without a restart`() throws {
    let scratch = try Scratch()
    let daemon = try RunningDaemon(in: scratch, small: 40 << 20)
    defer { withExtendedLifetime(scratch) {} }
    let ballast = Ballast(in: daemon.visible)
    #expect(ballast.isThere)
    #expect(try daemon.send(1).status == 200)
    let filling = daemon.visible + "/filling"
    fill(filling)
    var answers: [Int] = [200]
    var refusal: Wire.Answer?
    while refusal == nil, answers.count < 2000 {
      let answer = try daemon.send(answers.count + 1, padding: 60_000)
      if answer.status == 200 { answers.append(200) } else { refusal = answer }
    }
    #expect(refusal?.status == 429)
    #expect(refusal?.head.lowercased().contains("\nretry-after: ") == true)
    #expect(!ballast.isThere)
    let ready = try daemon.get("/readyz")
    #expect(ready.status == 503 && ready.body == "full\n")
    // What was kept free serves deletions, and no sender.
    let erased = try daemon.run(["erase", String(format: "%032x", 1)])
    #expect(erased.status == 0, "\(erased.talk)")
    #expect(try daemon.send(5000).status == 429)
    unlink(filling)
    let opened = try Wait.until { try daemon.send(9999).status == 200 ? true : nil }
    #expect(opened == true)
    #expect(ballast.isThere)
    #expect(try daemon.get("/readyz").status == 200)
    #expect(try acknowledged(daemon) == answers.count + 1)
  }

  @Test func `a damaged page is told with the way out, and nothing is written`() throws {
    let scratch = try Scratch()
    let daemon = try RunningDaemon(in: scratch)
    for number in 1...40 { #expect(try daemon.send(number, padding: 20_000).status == 200) }
    let copy = scratch.path + "/copy"
    #expect(try daemon.run(["backup", copy]).status == 0)
    daemon.end(SIGTERM)
    let database = daemon.data + "/nevermore.sqlite"
    for page in 3...12 { try Damage.page(UInt64(page), of: database) }
    let before = try Data(contentsOf: URL(fileURLWithPath: database))
    let refused = try daemon.run(["serve", "--listen", "127.0.0.1:0"])
    #expect(refused.status == 70)
    #expect(refused.talk.contains("is damaged"))
    #expect(refused.talk.contains("nevermore restore BACKUP --data DIR"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: database)) == before)
    // The way out leads out.
    let elsewhere = scratch.path + "/elsewhere"
    #expect(try Program.run(["restore", copy, "--data", elsewhere]).status == 0)
    let events = try Program.run(["events", "--data", elsewhere, "--json"])
    #expect(try JSON(parsing: Array(events.output.utf8)).items?.count == 40)
  }

  private func acknowledged(_ daemon: RunningDaemon) throws -> Int? {
    let events = try daemon.run(["events", "--json"])
    return try JSON(parsing: Array(events.output.utf8)).items?.count
  }

  /// Writes until there is no room.
  private func fill(_ path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
    for size in [1 << 20, 4096, 1] {
      let piece = [UInt8](repeating: 1, count: size)
      while write(descriptor, piece, size) == size {}
    }
    close(descriptor)
  }

  static let canMount: Bool = {
    let attempt = Process()
    attempt.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    attempt.arguments = ["unshare", "-Urm", "mount", "-t", "tmpfs", "none", "/mnt"]
    attempt.standardError = FileHandle.nullDevice
    guard (try? attempt.run()) != nil else { return false }
    attempt.waitUntilExit()
    return attempt.terminationStatus == 0
  }()
}

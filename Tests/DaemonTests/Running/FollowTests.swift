import Foundation
import Interchange
import Testing

/// Logs that are followed, beside a daemon and without one.
@Suite(.serialized)
struct FollowTests {
  private static func record(_ function: String, _ number: Int) -> String {
    let stack =
      "Traceback (most recent call last):\\n  File \\\"shop/a.py\\\", line 2, in \(function)\\n    raise ValueError(x)\\nValueError: wrong"
    return
      #"{"timestamp": "2026-11-23T00:00:0\#(number)Z", "level": "ERROR", "message": "no", "exc_info": "\#(stack)"}"#
      + "\n"
  }

  private static func append(_ text: String, to path: String) throws {
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  private func events(_ daemon: RunningDaemon) throws -> Int {
    let list = try daemon.run(["events", "--json"])
    return try JSON(parsing: Array(list.output.utf8)).items?.count ?? -1
  }

  private func follow(_ path: String, _ daemon: RunningDaemon) throws -> Program {
    try daemon.run(["follow", path, "--project", "shop", "--once"])
  }

  @Test func `a log is taken in once, through growth, rotation and restarts`() throws {
    let scratch = try Scratch()
    let daemon = try RunningDaemon(in: scratch)
    let log = scratch.path + "/app.log"
    // Two equal lines are two failures.
    try ("started\n" + Self.record("f", 1) + Self.record("f", 1)).write(
      toFile: log, atomically: false, encoding: .utf8)
    let first = try follow(log, daemon)
    #expect(first.status == 0, "\(first.talk)")
    #expect(try events(daemon) == 2)
    #expect(try follow(log, daemon).output.hasPrefix("0 failures"))
    #expect(try events(daemon) == 2)
    daemon.end(SIGTERM)
    try Self.append(Self.record("g", 2), to: log)
    try FileManager.default.moveItem(atPath: log, toPath: log + ".1")
    try Self.record("f", 3).write(toFile: log, atomically: false, encoding: .utf8)
    #expect(try follow(log, daemon).status == 0)
    #expect(try events(daemon) == 4)
    let failures = try daemon.run(["failures", "--json"])
    #expect(try JSON(parsing: Array(failures.output.utf8)).items?.count == 2)
  }

  @Test func `a stack in plain text is one failure, also where it is cut by the end of a run`()
    throws
  {
    let scratch = try Scratch()
    let daemon = try RunningDaemon(in: scratch)
    let log = scratch.path + "/app.log"
    try """
    2026-11-23 00:00:00 ERROR it went wrong
    Traceback (most recent call last):
      File "shop/a.py", line 2, in f
        raise ValueError(x)
    ValueError: wrong

    """.write(toFile: log, atomically: false, encoding: .utf8)
    #expect(try follow(log, daemon).status == 0)
    #expect(try follow(log, daemon).status == 0)
    #expect(try events(daemon) == 1)
  }

  @Test func `a case is asked for again, and a stored event is replayed without a trace`() throws {
    let scratch = try Scratch()
    let daemon = try RunningDaemon(in: scratch)
    #expect(try daemon.send(1).status == 200)
    let event = "00000000000000000000000000000001"
    let replayed = try daemon.run(["replay", event, "--json"])
    let report = try JSON(parsing: Array(replayed.output.utf8))
    #expect(replayed.status == 11, "\(replayed.talk)")
    #expect(report["outcome"]?.text == "stopped")
    daemon.end(SIGTERM)
    let retried = try daemon.run(["retry", event, "--json"])
    #expect(retried.status == 0, "\(retried.talk)")
    let answer = try JSON(parsing: Array(retried.output.utf8))
    #expect(answer["failure"] == report["failure"]?["id"])
    let again = try daemon.run(["retry", event])
    #expect(again.status == 12 && again.talk.contains("hint:"))
  }
}

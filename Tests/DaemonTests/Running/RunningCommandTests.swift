import Foundation
import Interchange
import Testing

@testable import Storage

/// Each command beside a daemon that runs, and without one.
@Suite(.serialized)
struct RunningCommandTests {
  private static let secret = "quentin.marsh@corp.example.net"

  @Test func `what commands say is the same beside a daemon and without one`() throws {
    let scratch = try Scratch()
    let daemon = try RunningDaemon(in: scratch)
    for number in 1...3 { #expect(try daemon.send(number).status == 200) }
    var said: [[String]] = []
    for place in ["beside", "without"] {
      if place == "without" { daemon.end(SIGTERM) }
      var words: [String] = []
      for command in [["failures"], ["events"], ["show", String(format: "%032x", 2)]] {
        let program = try daemon.run(command + ["--json"])
        #expect(program.status == 0, "\(program.talk)")
        words.append(program.output)
      }
      #expect(
        try daemon.run(["backup", "\(scratch.path)/\(place)"]).status == 0)
      said.append(words)
    }
    #expect(said[0] == said[1])
  }

  @Test func `a story names its failure, its events and its data`() throws {
    let scratch = try Scratch()
    let daemon = try RunningDaemon(in: scratch, environment: "live")
    #expect(try daemon.send(1).status == 200)
    let story = try JSON(parsing: Array(try show("00000000000000000000000000000001", daemon).utf8))
    let name = try #require(story["failure"]?["id"]?.text)
    #expect(story["data"]?.bool == true)
    #expect(story["event"]?["outcome"]?.text == "opened")
    let ended = try Wait.until { () -> JSON? in
      let story = try JSON(parsing: Array(try show(String(name.prefix(7)), daemon).utf8))
      let steps = story["attempts"]?.items?.first?["steps"]?.items ?? []
      return steps.isEmpty ? Optional<JSON>.none : story
    }
    #expect(ended?["events"]?.items?.count == 1)
    #expect(ended?["project"]?.text == "shop")
    let nothing = try daemon.run(["show", "ffff"])
    #expect(nothing.status == 64 && nothing.talk.contains("`ffff`"))
  }

  @Test func `a value and what stands for it is erased beside a daemon`() throws {
    let scratch = try Scratch()
    let daemon = try RunningDaemon(in: scratch)
    #expect(try daemon.send(1, secret: Self.secret).status == 200)
    #expect(try daemon.send(2).status == 200)
    let first = try daemon.run(
      ["erase", "--value", "-", "--json"], input: Self.secret + "\n")
    #expect(first.status == 0, "\(first.talk)")
    let counts = try JSON(parsing: Array(first.output.utf8))
    #expect(counts["events"] == 1)
    let again = try daemon.run(
      ["erase", "--value", Self.secret, "--json"])
    #expect(try JSON(parsing: Array(again.output.utf8))["events"] == 0)
    #expect(try daemon.send(3).status == 200)
  }

  @Test func `a project that is changed is another one for the daemon that runs`() throws {
    let scratch = try Scratch()
    let daemon = try RunningDaemon(in: scratch)
    let changed = try daemon.run([
      "project", "change", "shop", "--events-a-minute", "1", "--retention",
      "3", "--json",
    ])
    #expect(changed.status == 0, "\(changed.talk)")
    let project = try JSON(parsing: Array(changed.output.utf8))
    #expect(project["retention"] == 3 && project["environments"]?.items == ["none"])
    var number = 0
    let limited = try Wait.until { () -> Bool? in
      number += 1
      return try daemon.send(number).status == 429 ? true : nil
    }
    #expect(limited == true)
    let wrong = try daemon.run([
      "project", "change", "shop", "--retention", "0",
    ])
    #expect(wrong.status == 64)
  }

  @Test func `figures and log hold no captured value, and a proxy hides the figures`() throws {
    let scratch = try Scratch()
    let daemon = try RunningDaemon(in: scratch, environment: "live")
    #expect(try daemon.send(1, secret: Self.secret).status == 200)
    _ = try Wait.until {
      try daemon.get("/metrics").body.contains("nevermore_step_seconds_count") ? true : nil
    }
    let figures = try daemon.get("/metrics")
    #expect(figures.status == 200)
    #expect(
      figures.body.contains("nevermore_events_total{project=\"shop\",outcome=\"opened\"} 1\n"))
    #expect(figures.body.contains("nevermore_accepting 1\n"))
    for line in figures.body.split(separator: "\n") where !line.hasPrefix("#") {
      #expect(line.wholeMatch(of: /[a-z_]+(\{[^}]*\})? [0-9.e+-]+/) != nil, "\(line)")
    }
    #expect(try daemon.get("/metrics", headers: ["X-Forwarded-For": "192.0.2.1"]).status == 404)
    #expect(try daemon.get("/healthz").body == "ok\n")
    daemon.end(SIGTERM)
    let talk = daemon.talk
    #expect(!talk.contains("wrong") && !figures.body.contains("wrong"))
    #expect(!talk.contains("quentin") && !figures.body.contains("quentin"))
    let lines = talk.split(separator: "\n").filter { $0.hasPrefix("{") }
    #expect(!lines.isEmpty)
    for line in lines {
      let json = try JSON(parsing: Array(line.utf8))
      #expect(json["at"]?.text != nil && json["level"]?.text != nil && json["message"]?.text != nil)
    }
  }

  private func show(_ identifier: String, _ daemon: RunningDaemon) throws -> String {
    let program = try daemon.run(["show", identifier, "--json"])
    #expect(program.status == 0, "\(program.talk)")
    return program.output
  }
}

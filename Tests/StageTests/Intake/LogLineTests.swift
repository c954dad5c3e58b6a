import Failures
import Foundation
import Intake
import PythonTarget
import Testing

/// The same real logs as in `Log lines`, one line after another.
@Suite struct `Logs line by line` {
  typealias Log = `Log lines`

  static func outcomes(_ text: String) -> [LogReader.Outcome] {
    var reader = Log.reader.lines()
    var outcomes: [LogReader.Outcome] = []
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
      outcomes += reader.take(Array(line.utf8), place: String(number))
    }
    return outcomes + reader.rest()
  }

  static func failures(_ outcomes: [LogReader.Outcome]) -> [FailureEvent] {
    outcomes.compactMap { if case .failure(let event) = $0 { event } else { nil } }
  }

  static func file(_ name: String) throws -> String {
    try String(contentsOf: Log.folder.appending(path: name), encoding: .utf8)
  }

  @Test(arguments: [
    "ecs-logging.jsonl", "python-json-logger-4.jsonl", "structlog-dict-tracebacks.jsonl",
    "loguru.jsonl", "google-cloud.jsonl", "nevermore.jsonl", "nevermore-inner.jsonl", "plain.txt",
    "plain-python-3.9.txt", "plain-python-3.13.txt", "nevermore-plain.txt",
  ])
  func `each log tells the same three failures, in their order`(name: String) throws {
    let events = Self.failures(Self.outcomes(try Self.file(name)))
    #expect(events.map(Log.told) == [Log.order, Log.customer, Log.category])
    #expect(Set(events.map(\.identifier)).count == 3)
    // Google's collector keeps the time itself.
    #expect(name == "google-cloud.jsonl" || events.allSatisfy { $0.timestamp != nil })
  }

  @Test(arguments: [
    "plain.txt", "plain-python-3.9.txt", "plain-python-3.13.txt", "bare.txt",
    "during-handling.txt", "exception-group.txt", "syntax-error.txt", "interleaved.txt",
    "loguru.jsonl", "nevermore.jsonl",
  ])
  func `the last failure is the one that is read from the whole log`(name: String) throws {
    let text = try Self.file(name)
    let last = Self.failures(Self.outcomes(text)).last
    #expect(last?.exceptions == (try Log.reader.read(Array(text.utf8)).exceptions))
  }

  @Test func `interleaved writers' stacks are told apart`() throws {
    let events = Self.failures(Self.outcomes(try Self.file("interleaved.txt")))
    #expect(Set(events.map(Log.told)) == [Log.order, Log.category])
  }

  @Test func `the probe's line behind a stack brings its values`() throws {
    let events = Self.failures(Self.outcomes(try Self.file("nevermore-plain.txt")))
    let line = events.first?.exceptions.last?.frames.last?.variable("line")
    #expect(line?.isExact == true)
    #expect(events.first?.release == "shop@1.4.2")
  }

  @Test func `each line has an outcome of its own`() throws {
    let text = """
      {"level": "info", "msg": "fine"}
      {"cut off
      2026-11-23 00:19:13,228 ERROR shop: failed
      Traceback (most recent call last):
        File "/srv/a.py", line 1, in f
          g()
      KeyError: 'x'
      2026-11-23 00:19:14,000 INFO shop: on
      Traceback (most recent call last):
      Traceback (most recent call last):
        File "/srv/a.py", line 2, in f
      KeyError: 'y'
      Traceback (most recent call last):
        File "/srv/a.py", line 3, in f
      KeyError: 'z'
      """
    let outcomes = Self.outcomes(text)
    let words = outcomes.map { outcome in
      switch outcome {
      case .failure(let event): "\(event.exceptions.last?.message ?? "")"
      case .noFailure: "-"
      case .joined: "j"
      case .unreadable: "?"
      }
    }
    #expect(words.joined(separator: " ") == "- - - j j j j 'x' - j ? j j j 'y' j j j 'z'")
    let first = Self.failures(outcomes).first
    #expect(first?.message == "2026-11-23 00:19:13,228 ERROR shop: failed")
    #expect(first?.timestamp == Date(timeIntervalSince1970: 1_795_393_153.228))
  }

  @Test func `a stack without an end is bounded, and so are the stacks that are open`() {
    var reader = Log.reader.lines()
    var joined = 0
    for number in 0..<5000 {
      let line = number == 0 ? "Traceback (most recent call last):" : "  and so on \(number)"
      joined += reader.take(Array(line.utf8), place: "").count { $0 == .joined }
    }
    #expect(joined == 2000)
    for writer in 0..<100 {
      let line = "w-\(String(repeating: "x", count: writer)) Traceback (most recent call last):"
      _ = reader.take(Array(line.utf8), place: "")
    }
    #expect(reader.rest().count == 8)
  }

  @Test func `equal lines at two places are two failures, and one that is read again is none`()
    throws
  {
    let line = try #require(try Self.file("structlog.jsonl").split(separator: "\n").last)
    func identifier(_ place: String) -> String? {
      var reader = Log.reader.lines()
      return Self.failures(reader.take(Array(line.utf8), place: place)).first?.identifier
    }
    #expect(identifier("1:2:3") == identifier("1:2:3"))
    #expect(identifier("1:2:3") != identifier("1:2:9"))
  }
}

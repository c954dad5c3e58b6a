import Failures
import Foundation
import Intake
import PythonTarget
import Testing

/// Real lines of real libraries (Tests/Fixtures/logs), all of the same three failures.
@Suite struct `Log lines` {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/logs")
  static let reader = EventReader(
    standardTypes: StandardConstruction.snapshotTypes, readStack: TracebackText.read,
    readValue: { NotationReader().read($0) })

  static func told(_ event: FailureEvent) -> String {
    let record = event.exceptions.last
    let shop = record?.frames.last { $0.file.contains("/srv/shop/") }
    return "\(record?.type ?? "nothing") in \(shop?.function ?? "nowhere")"
  }

  static let order = "ZeroDivisionError in line_total"
  static let customer = "UnknownCustomer in customer_of"
  static let category = "RecursionError in path_of"

  @Test(arguments: [
    "ecs-logging.jsonl", "python-json-logger-2.jsonl", "python-json-logger-3.jsonl",
    "python-json-logger-4.jsonl", "structlog.jsonl", "structlog-dict-tracebacks.jsonl",
    "loguru.jsonl", "google-cloud.jsonl", "nevermore.jsonl", "nevermore-ecs.jsonl",
    "nevermore-inner.jsonl", "nevermore-structlog.jsonl",
  ])
  func `each library's lines tell the same three failures`(name: String) throws {
    let lines = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
      .split(separator: "\n")
    let events = lines.compactMap { try? Self.reader.read(Array($0.utf8)) }
      .filter { !$0.exceptions.isEmpty }
    #expect(events.map(Self.told) == [Self.order, Self.customer, Self.category])
    #expect(events[0].exceptions.last?.message == "integer division or modulo by zero")
    #expect(events.allSatisfy { !$0.identifier.isEmpty })
  }

  @Test(arguments: [
    ("plain.txt", category), ("plain-python-3.9.txt", category),
    ("plain-python-3.13.txt", category), ("bare.txt", order),
    ("during-handling.txt", "KeyError in cancel"),
    ("exception-group.txt", "ExceptionGroup in place_all"),
    ("syntax-error.txt", "SyntaxError in rule"), ("interleaved.txt", category),
    ("nevermore-plain.txt", category), ("loguru.jsonl", category),
  ])
  func `of a whole log the newest failure is read`(name: String, expected: String) throws {
    let content = try Data(contentsOf: Self.folder.appending(path: name))
    #expect(Self.told(try Self.reader.read(Array(content))) == expected)
  }

  @Test func `the first of interleaved processes is read as if it were alone`() throws {
    let text = try String(
      contentsOf: Self.folder.appending(path: "interleaved.txt"), encoding: .utf8)
    let one = text.split(separator: "\n").filter { $0.contains("web-1 |") }.joined(separator: "\n")
    let event = try Self.reader.read(Array(one.utf8))
    #expect(Self.told(event) == Self.order)
    #expect(event.exceptions.last?.frames.count == 6)
  }

  @Test func `the probe's lines hold the frames' values, and others hold what is logged beside`()
    throws
  {
    func first(_ name: String) throws -> FailureEvent {
      let lines = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        .split(separator: "\n")
      return try #require(
        lines.compactMap { try? Self.reader.read(Array($0.utf8)) }.first { !$0.exceptions.isEmpty })
    }
    let whole = try first("nevermore.jsonl")
    let line = whole.exceptions.last?.frames.last?.variable("line")
    #expect(line?.isExact == true, "\(String(describing: line))")
    let beside = try first("ecs-logging.jsonl")
    #expect(beside.facts.contains { $0.name == "order" && $0.value.isExact })
    #expect(beside.timestamp != nil)
  }

  @Test(arguments: [
    "nothing at all\n", "{\"level\": \"info\", \"msg\": \"fine\"}\n",
    "Traceback (most recent call last):\n",
  ])
  func `what tells of no failure is refused`(text: String) throws {
    #expect(throws: IntakeError.self) { try Self.reader.read(Array(text.utf8)) }
  }
}

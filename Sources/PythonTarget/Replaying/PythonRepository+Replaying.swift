import Failures
import Interchange
import Languages

import struct Foundation.Calendar
import struct Foundation.Date

extension PythonRepository {
  func replay(_ work: [RecordedWork]) throws -> [Replay] {
    guard try style().framework == .pytest else { return [] }
    return PythonReplay(work: work).replays()
  }

  /// Modules know Python's `datetime`, its types, and the functions that tell the moment by names of their own: a part for each.
  func clock(_ instant: Date, _ modules: [String]) throws -> [Replay] {
    guard try style().framework == .pytest, !modules.isEmpty else { return [] }
    let names = try kit.ask("clocks", [.init("modules", .array(modules.map(JSON.string)))])
    return (names.items ?? []).flatMap { record -> [[Statement]] in
      guard let module = record[0]?.text, let name = record[1]?.text else { return [] }
      let target = "\(module).\(name)"
      if let form = record[2]?.text { return [Self.telling(target, form)] }
      return Self.stopped(target, (record[2]?.items ?? []).compactMap(\.text))
    }.map { setup in
      Replay(
        setup: [Self.moment(instant)] + setup, fixtures: ["monkeypatch"],
        assumptions: ["the clock stands at the moment of the failure"])
    }
  }

  private static func moment(_ instant: Date) -> Statement {
    let fields = Calendar.utc.dateComponents(
      [.year, .month, .day, .hour, .minute, .second], from: instant)
    let numbers = [
      fields.year, fields.month, fields.day, fields.hour, fields.minute, fields.second,
    ].map { $0 ?? 0 }
    return Statement(
      .bind(
        .name("moment"), .value(.date(Moment(kind: .dateTime, fields: numbers, zone: .utc)))))
  }

  private static let local = Expression.call(
    .attribute(.name("moment"), "replace"), [Argument(.named("tzinfo"), .value(.null))])

  /// A function that tells the moment, as seconds or as a date.
  private static func telling(_ target: String, _ form: String) -> [Statement] {
    let answer: Expression =
      switch form {
      case "seconds": .call(.attribute(.name("moment"), "timestamp"), [])
      case "zoned": .name("moment")
      default: local
      }
    return [
      PythonReplay.monkeypatch(
        "setattr", .text(target), .closure(parameters: [], body: answer))
    ]
  }

  /// The steps for each function of `datetime`, or of one of its types, that tells the moment.
  private static func stopped(_ target: String, _ path: [String]) -> [[Statement]] {
    let clock = Expression.name(["datetime": "datetimes", "date": "dates"][path.first] ?? "clock")
    let stand = PythonReplay.mock(
      "Mock", [Argument(.named("wraps"), .symbol(Symbol(module: "datetime", path: path)))])
    let zoned = Expression.call(
      .attribute(.name("moment"), "astimezone"), [Argument(.positional, .name("tz"))])
    let now = FunctionDefinition(
      name: "now", parameters: [Parameter(name: "tz", standard: .value(.null))],
      body: [
        Statement(.give(.conditional(test: .name("tz"), then: zoned, otherwise: local)))
      ])
    let utcnow = FunctionDefinition(name: "utcnow", parameters: [], body: [Statement(.give(local))])
    let today = FunctionDefinition(
      name: "today", parameters: [],
      body: [Statement(.give(.call(.attribute(.name("moment"), "date"), [])))])
    let told: [(String, FunctionDefinition)] = [
      ("datetime", now), ("datetime", utcnow), ("date", today),
    ]
    return told.filter { path.isEmpty || path == [$0.0] }.map { type, function in
      let answering = ((path.isEmpty ? [type] : []) + [function.name, "side_effect"]).reduce(clock)
      {
        .attribute($0, $1)
      }
      return [
        Statement(.bind(clock, stand)), Statement(.define(function)),
        Statement(.bind(answering, .name(function.name))),
        PythonReplay.monkeypatch("setattr", .text(target), clock),
      ]
    }
  }
}

extension Calendar {
  fileprivate static let utc: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()
}

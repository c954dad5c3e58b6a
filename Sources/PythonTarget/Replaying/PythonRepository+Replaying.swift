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

  /// Modules know Python's `datetime`, and its types that tell the moment, by names of their own.
  func clock(_ instant: Date, _ modules: [String]) throws -> Replay? {
    guard try style().framework == .pytest, !modules.isEmpty else { return nil }
    let names = try kit.ask("clocks", [.init("modules", .array(modules.map(JSON.string)))])
    var state = Replay()
    for record in names.items ?? [] {
      guard let module = record[0]?.text, let name = record[1]?.text else { continue }
      let symbol = Symbol(
        module: "datetime", path: (record[2]?.items ?? []).compactMap(\.text))
      state.setup += frozen(
        "\(module).\(name)", symbol, first: state.setup.isEmpty, instant)
    }
    guard !state.setup.isEmpty else { return nil }
    state.fixtures = ["monkeypatch"]
    state.assumptions = ["the clock stands at the moment of the failure"]
    return state
  }

  private func frozen(
    _ name: String, _ symbol: Symbol, first: Bool, _ instant: Date
  ) -> [Statement] {
    let clock = Expression.name("clock")
    let moment = Expression.name("moment")
    let fields = Calendar.utc.dateComponents(
      [.year, .month, .day, .hour, .minute, .second], from: instant)
    let numbers = [
      fields.year, fields.month, fields.day, fields.hour, fields.minute, fields.second,
    ].map { $0 ?? 0 }
    var setup: [Statement] = []
    if first {
      setup.append(
        Statement(
          .bind(moment, .value(.date(Moment(kind: .dateTime, fields: numbers, zone: .utc))))))
    }
    setup.append(
      Statement(
        .bind(clock, PythonReplay.mock("Mock", [Argument(.named("wraps"), .symbol(symbol))]))))
    let inModule = symbol.path.isEmpty
    func answer(_ path: [String], _ function: String, _ parameters: [Parameter], _ body: Expression)
    {
      let told = FunctionDefinition(
        name: function, parameters: parameters, body: [Statement(.give(body))])
      let target = (path + ["side_effect"]).reduce(clock) { .attribute($0, $1) }
      setup.append(Statement(.define(told)))
      setup.append(Statement(.bind(target, .name(function))))
    }
    if inModule || symbol.path == ["datetime"] {
      let prefix = inModule ? ["datetime"] : []
      let local = Expression.call(
        .attribute(moment, "replace"), [Argument(.named("tzinfo"), .value(.null))])
      let zoned = Expression.call(
        .attribute(moment, "astimezone"), [Argument(.positional, .name("tz"))])
      answer(
        prefix + ["now"], "now", [Parameter(name: "tz", standard: .value(.null))],
        .conditional(test: .name("tz"), then: zoned, otherwise: local))
      answer(prefix + ["utcnow"], "utcnow", [], local)
    }
    if inModule || symbol.path == ["date"] {
      let path = (inModule ? ["date"] : []) + ["today"]
      answer(path, "today", [], .call(.attribute(moment, "date"), []))
    }
    setup.append(PythonReplay.monkeypatch("setattr", .text(name), clock))
    return setup
  }
}

extension Calendar {
  fileprivate static let utc: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()
}

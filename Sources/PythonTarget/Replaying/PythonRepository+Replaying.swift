import Failures
import Languages

import struct Foundation.Calendar
import struct Foundation.Date

extension PythonRepository {
  func replay(_ work: [RecordedWork]) throws -> Replay? {
    guard try style().framework == .pytest else { return nil }
    return PythonReplay(work: work).replay()
  }

  /// Modules name Python's `datetime` in three ways: the module, and its types `datetime` and `date`.
  func clock(_ instant: Date, _ modules: [String]) throws -> Replay? {
    guard try style().framework == .pytest else { return nil }
    let names = modules.flatMap { ["\($0).datetime", "\($0).date"] }
    let meanings = try resolve(names, [])
    var state = Replay()
    for name in names {
      guard let symbol = meanings[name]?.symbol, symbol.module == "datetime" else { continue }
      state.setup += frozen(name, symbol, first: state.setup.isEmpty, instant)
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
    func set(_ path: [String], _ closure: Expression) {
      let target = (path + ["side_effect"]).reduce(clock) { .attribute($0, $1) }
      setup.append(Statement(.bind(target, closure)))
    }
    if inModule || symbol.path == ["datetime"] {
      let prefix = inModule ? ["datetime"] : []
      let local = Expression.call(
        .attribute(moment, "replace"), [Argument(.named("tzinfo"), .value(.null))])
      set(
        prefix + ["now"],
        .closure(
          parameters: ["tz=None"],
          body: .conditional(
            test: .name("tz"),
            then: .call(.attribute(moment, "astimezone"), [Argument(.positional, .name("tz"))]),
            otherwise: local)))
      set(prefix + ["utcnow"], .closure(parameters: [], body: local))
    }
    if inModule || symbol.path == ["date"] {
      let today = Expression.call(.attribute(moment, "date"), [])
      set((inModule ? ["date"] : []) + ["today"], .closure(parameters: [], body: today))
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

import Foundation
import GRDB

/// Enters arrivals in one transaction; sums are written once a group.
struct ArrivalLedger {
  private struct Sum {
    var events = 0
    var firstSeen = Double.infinity
    var lastSeen = -Double.infinity
  }

  private struct Day: Hashable {
    let project: Int64
    let day: Int
    let outcome: EventOutcome
  }

  private let database: Database
  private var sums: [Int64: Sum] = [:]
  private var tallies: [Day: Int] = [:]

  /// Events of a failure whose data is kept besides richer ones.
  static let exemplarLimit = 5

  init(_ database: Database) { self.database = database }

  mutating func enter(_ arrival: Arrival) throws -> EventOutcome {
    let outcome = try place(arrival)
    let day = Day(
      project: arrival.project, day: Self.day(arrival.receivedAt), outcome: outcome)
    tallies[day, default: 0] += 1
    return outcome
  }

  private mutating func place(_ arrival: Arrival) throws -> EventOutcome {
    let time = arrival.receivedAt.timeIntervalSince1970
    try statement(Self.insertingEvent).execute(arguments: [
      arrival.project, arrival.identity, time, arrival.release,
    ])
    guard database.changesCount == 1 else { return .repeated }
    let event = database.lastInsertedRowID
    guard case .failure(let key, let exemplar) = arrival.finding else {
      try mark(event, .nothing, failure: nil)
      return .nothing
    }
    let (failure, outcome) = try join(key, arrival, time)
    var sum = sums[failure] ?? Sum()
    sum.events += 1
    sum.firstSeen = min(sum.firstSeen, time)
    sum.lastSeen = max(sum.lastSeen, time)
    sums[failure] = sum
    var decided = outcome
    if decided != .ignored, let exemplar, try keep(exemplar, of: event, failure),
      decided == .counted
    {
      decided = .kept
    }
    if decided == .opened || decided == .recurred {
      try open(failure, event, decided == .opened ? .new : .recurred, time)
    }
    try mark(event, decided, failure: failure)
    if let release = arrival.release {
      try statement(Self.sighting).execute(arguments: [failure, release, event])
    }
    return decided
  }

  /// The failure's row, made where there is none, and what the arrival means to it.
  private func join(
    _ key: Arrival.FailureKey, _ arrival: Arrival, _ time: Double
  ) throws -> (Int64, EventOutcome) {
    let found = try Row.fetchOne(
      try statement(Self.findingFailure), arguments: [arrival.project, key.identity])
    guard let found else {
      try statement(Self.insertingFailure).execute(arguments: [
        arrival.project, key.identity, key.scheme, key.exception, key.signature,
        (arrival.opensCase ? FailureState.queued : .seen).rawValue, time, time,
      ])
      return (database.lastInsertedRowID, arrival.opensCase ? .opened : .counted)
    }
    let id: Int64 = found["id"]
    let state = FailureState(rawValue: found["state"]) ?? .seen
    if state == .ignored { return (id, .ignored) }
    if state == .seen, arrival.opensCase {
      try setState(.queued, of: id)
      return (id, .opened)
    }
    if arrival.opensCase, state.isMended, let release = arrival.release,
      try holdsFix(release, of: id)
    {
      try setState(.queued, of: id)
      return (id, .recurred)
    }
    return (id, .counted)
  }

  /// Whether a release is known to hold the failure's fix; one that is not known yet is asked about elsewhere.
  private func holdsFix(_ release: String, of failure: Int64) throws -> Bool {
    try Bool.fetchOne(
      try statement("SELECT holdsFix FROM sighting WHERE failure = ? AND release = ?"),
      arguments: [failure, release]) ?? false
  }

  /// Whether the data was worth keeping: the first few, and what is richer than all that there is.
  private func keep(_ exemplar: Arrival.Exemplar, of event: Int64, _ failure: Int64) throws -> Bool
  {
    let row = try Row.fetchOne(try statement(Self.weighing), arguments: [failure])
    let count: Int = row?["count"] ?? 0
    let best: Int = row?["best"] ?? -1
    guard count < Self.exemplarLimit || exemplar.worth > best else { return false }
    try statement(Self.insertingExemplar).execute(arguments: [
      event, failure, exemplar.worth, Data(exemplar.body),
    ])
    return true
  }

  private func open(
    _ failure: Int64, _ event: Int64, _ reason: Attempt.Reason, _ time: Double
  ) throws {
    try statement(Self.openingAttempt).execute(arguments: [
      failure, event, reason.rawValue, time, time,
    ])
  }

  private func mark(_ event: Int64, _ outcome: EventOutcome, failure: Int64?) throws {
    try statement("UPDATE event SET outcome = ?, failure = ? WHERE id = ?").execute(arguments: [
      outcome.rawValue, failure, event,
    ])
  }

  private func setState(_ state: FailureState, of failure: Int64) throws {
    try statement("UPDATE failure SET state = ? WHERE id = ?").execute(arguments: [
      state.rawValue, failure,
    ])
  }

  /// Writes the sums.
  func close() throws {
    for (failure, sum) in sums {
      try statement(Self.summing).execute(arguments: [
        sum.events, sum.firstSeen, sum.lastSeen, failure,
      ])
    }
    for (day, count) in tallies {
      try statement(Self.tallying).execute(arguments: [
        day.project, day.day, day.outcome.rawValue, count,
      ])
    }
  }

  private func statement(_ sql: String) throws -> Statement {
    try database.cachedStatement(sql: sql)
  }

  /// Days since 1970, in UTC.
  static func day(_ moment: Date) -> Int {
    Int((moment.timeIntervalSince1970 / 86400).rounded(.down))
  }
}

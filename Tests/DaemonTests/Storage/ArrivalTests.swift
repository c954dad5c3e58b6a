import Foundation
import Testing

@testable import Storage

struct ArrivalTests {
  @Test func `a group is entered whole or not at all`() async throws {
    let scene = try StoreScene()
    var stray = scene.arrival(of: 2)
    stray.project = 99
    await #expect(throws: StorageError.self) {
      _ = try await scene.record([scene.arrival(of: 1), stray])
    }
    for table in ["event", "failure", "exemplar", "attempt", "tally", "sighting"] {
      #expect(try scene.count("SELECT count(*) FROM \(table)") == 0, "\(table)")
    }
  }

  @Test func `a group that fails takes no later one with it`() async throws {
    let scene = try StoreScene()
    let log = ArrivalLog(scene.store)
    var stray = scene.arrival(of: 1)
    stray.project = 99
    await #expect(throws: StorageError.self) { _ = try await log.append(stray) }
    #expect(try await log.append(scene.arrival(of: 1)) == .opened)
  }

  @Test func `what was acknowledged is there, whoever came at the same time`() async throws {
    let scene = try StoreScene()
    let log = ArrivalLog(scene.store)
    let arrivals = (0..<600).map { scene.arrival(of: $0 % 7) }
    let acknowledged = try await withThrowingTaskGroup(of: EventOutcome.self) { group in
      for arrival in arrivals { group.addTask { try await log.append(arrival) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(acknowledged.count == 600)
    #expect(acknowledged.count { $0 == .opened } == 7)
    #expect(try scene.count("SELECT count(*) FROM event") == 600)
    #expect(try scene.count("SELECT sum(events) FROM failure") == 600)
    #expect(try scene.count("SELECT count(*) FROM attempt") == 7)
  }

  @Test func `an event that comes twice counts once`() async throws {
    let scene = try StoreScene()
    let arrival = scene.arrival(of: 1)
    #expect(try await scene.record([arrival, arrival]) == [.opened, .repeated])
    #expect(try await scene.record([arrival]) == [.repeated])
    #expect(try scene.count("SELECT events FROM failure") == 1)
  }

  @Test func `the data of few events of a failure is kept, and of richer ones`() async throws {
    let scene = try StoreScene()
    let limit = ArrivalLedger.exemplarLimit
    let first = try await scene.record((0..<20).map { _ in scene.arrival(of: 1) })
    #expect(first.count { $0 == .kept || $0 == .opened } == limit)
    var rich = scene.arrival(of: 1)
    guard case .failure(let key, _) = rich.finding else { return }
    rich.finding = .failure(key, .init(worth: 2, body: [1]))
    #expect(try await scene.record([rich]) == [.kept])
  }

  @Test(arguments: 1...12)
  func `whatever comes, every event has one outcome and every failure one open case`(
    _ seed: UInt64
  ) async throws {
    let scene = try StoreScene(projects: 3)
    var generator = LawGenerator(seed: seed)
    var held: [Attempt] = []
    var acknowledged = 0
    for _ in 0..<60 {
      scene.pass(Double.random(in: -90_000...90_000, using: &generator))
      switch Int.random(in: 0..<5, using: &generator) {
      case 0, 1:
        let group = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
          scene.arrival(
            of: Int.random(in: 0..<6, using: &generator),
            in: Int.random(in: 0..<3, using: &generator))
        }
        acknowledged += try await scene.record(group).count
      case 2: if let attempt = try scene.lease() { held.append(attempt) }
      case 3:
        guard let attempt = held.randomElement(using: &generator) else { continue }
        try? scene.store.giveBack(attempt, because: "a law", now: scene.now)
      default:
        guard let attempt = held.randomElement(using: &generator) else { continue }
        try? scene.store.end(
          attempt, with: AttemptEnd(outcome: "stopped", state: .stopped, report: []), now: scene.now
        )
      }
      let open = """
        SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM attempt
        WHERE state IN ('waiting', 'held') GROUP BY failure)
        """
      #expect(try scene.count(open) <= 1)
    }
    #expect(try scene.count("SELECT count(*) FROM event") == acknowledged)
    #expect(try scene.count("SELECT coalesce(sum(count), 0) FROM tally") == acknowledged)
    #expect(try scene.count("SELECT coalesce(sum(events), 0) FROM failure") == acknowledged)
    #expect(try scene.count("SELECT count(*) FROM event WHERE outcome = ''") == 0)
    // A failure is queued or at work exactly where a case of it is open.
    let apart = """
      SELECT count(*) FROM failure WHERE (state IN ('queued', 'working')) <>
      EXISTS (SELECT 1 FROM attempt WHERE failure = failure.id AND state IN ('waiting', 'held'))
      """
    #expect(try scene.count(apart) == 0)
  }
}

import Foundation
import GRDB

@testable import Storage

/// A store in a folder of its own, with projects and a clock that the test sets.
final class StoreScene {
  let folder: String
  let store: Store
  private(set) var projects: [Project] = []
  var now = Date(timeIntervalSince1970: 1_700_000_000)
  private var events = 0

  init(projects count: Int = 1, retention: Int = 30) throws {
    folder = NSTemporaryDirectory() + "daemon-\(UUID().uuidString)"
    store = try Store(in: folder, create: true)
    var settings = ProjectSettings()
    settings.retention = retention
    for number in 0..<count {
      projects.append(
        try store.addProject(name: "p\(number)", repository: "/nowhere", settings: settings))
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// An event that nobody sent before.
  func arrival(
    of failure: Int, in project: Int = 0, body: String = "data", release: String? = nil
  ) -> Arrival {
    events += 1
    let digits = String(events, radix: 16)
    return Arrival(
      project: projects[project].id,
      identity: String(repeating: "0", count: 32 - digits.count) + digits, receivedAt: now,
      release: release,
      finding: .failure(
        .init(
          identity: String(format: "%012x", 0xa000 + failure), scheme: 1, exception: "ValueError",
          signature: "v1 ValueError number \(failure)"),
        .init(worth: 1, body: Array(body.utf8))))
  }

  func record(_ arrivals: [Arrival]) async throws -> [EventOutcome] {
    try await store.record(arrivals).get()
  }

  func lease(to holder: String = "one", for seconds: Double = 90) throws -> Attempt? {
    try store.lease(to: holder, for: seconds, now: now)
  }

  func pass(_ seconds: Double) { now += seconds }

  func count(_ sql: String) throws -> Int {
    try store.pool.read { try Int.fetchOne($0, sql: sql) ?? 0 }
  }

  func texts(_ sql: String) throws -> [String] {
    try store.pool.read { try String.fetchAll($0, sql: sql) }
  }
}

/// The same numbers for the same seed: SplitMix64.
struct LawGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

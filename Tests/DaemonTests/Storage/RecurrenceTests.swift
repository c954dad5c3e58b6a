import Foundation
import Testing

@testable import Storage

struct RecurrenceTests {
  private static let fix = String(repeating: "a", count: 40)

  /// A failure whose fix was merged, seen in one release before that.
  private func merged() async throws -> StoreScene {
    let scene = try StoreScene()
    _ = try await scene.record([scene.arrival(of: 1, release: "shop@1")])
    let attempt = try #require(try scene.lease())
    try scene.store.end(
      attempt,
      with: AttemptEnd(
        outcome: "fixed", state: .fixed, report: [], branch: "nevermore/x", fixCommit: Self.fix,
        shipment: Array("order".utf8)), now: scene.now)
    let ship = try #require(try scene.lease())
    #expect(ship.reason == .ship)
    try scene.store.endShipping(
      ship, outcome: "proposed", state: .proposed, pullRequest: "https://forge/1", now: scene.now)
    let failure = try #require(try scene.store.proposed().first)
    try scene.store.settle(failure, as: .merged, fixCommit: Self.fix)
    return scene
  }

  @Test func `what ended with a branch is shipped by an attempt of its own, opened with the end`()
    async throws
  {
    let scene = try await merged()
    #expect(try scene.lease() == nil)
    let failure = try #require(try scene.store.failures().first)
    #expect(failure.state == .merged)
    #expect(failure.pullRequest == "https://forge/1")
  }

  @Test func `a mended failure that comes from a release without its fix opens no case`()
    async throws
  {
    let scene = try await merged()
    #expect(try await scene.record([scene.arrival(of: 1, release: "shop@1")]) == [.kept])
    for sighting in try scene.store.openSightings() {
      #expect(sighting.release == "shop@1")
      try scene.store.answer(sighting, holdsFix: false, now: scene.now)
    }
    #expect(try scene.store.openSightings().isEmpty)
    #expect(try await scene.record([scene.arrival(of: 1, release: "shop@1")]) == [.kept])
    #expect(try scene.lease() == nil)
  }

  @Test func `a failure that comes back in a release with its fix opens a case again, once`()
    async throws
  {
    let scene = try await merged()
    _ = try await scene.record([scene.arrival(of: 1, release: "shop@2")])
    for sighting in try scene.store.openSightings() {
      try scene.store.answer(sighting, holdsFix: sighting.release == "shop@2", now: scene.now)
    }
    let again = try #require(try scene.lease())
    #expect(again.reason == .recurred)
    #expect(try scene.lease() == nil)
    try scene.store.end(
      again, with: AttemptEnd(outcome: "tested", state: .merged, report: []), now: scene.now)
    // The release is known now: the next event from it opens the case by itself.
    #expect(try await scene.record([scene.arrival(of: 1, release: "shop@2")]) == [.recurred])
    #expect(try scene.lease()?.reason == .recurred)
  }

  @Test func `what may not be shipped yet is put off without using up a try`() async throws {
    let scene = try StoreScene()
    _ = try await scene.record([scene.arrival(of: 1)])
    let attempt = try #require(try scene.lease())
    try scene.store.end(
      attempt,
      with: AttemptEnd(
        outcome: "tested", state: .tested, report: [], shipment: Array("order".utf8)),
      now: scene.now)
    for _ in 0..<Store.triesLimit * 3 {
      let ship = try #require(try scene.lease())
      #expect(try scene.store.shipment(of: ship) == Array("order".utf8))
      try scene.store.putOff(ship, until: scene.now + 300, because: "too many are open")
      scene.pass(299)
      #expect(try scene.lease() == nil)
      scene.pass(1)
    }
    #expect(try scene.store.failures().first?.state == .tested)
  }
}

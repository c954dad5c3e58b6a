import Foundation
import Testing

@testable import Storage

/// A machine's clock is set while a daemon runs: by a day, in either direction.
struct ClockTests {
  private static let day = 86_400.0

  @Test(arguments: [-day, -7200, 7200, day])
  func `a pause is no longer for it than it may be`(_ jump: Double) async throws {
    let scene = try StoreScene()
    _ = try await scene.record([scene.arrival(of: 1)])
    let attempt = try #require(try scene.lease())
    try scene.store.giveBack(attempt, because: "a reason", now: scene.now)
    scene.pass(jump)
    var waited = 0.0
    while try scene.lease() == nil, waited <= 3700 {
      scene.pass(10)
      waited += 10
    }
    #expect(waited <= Due.longestPause)
  }

  @Test(arguments: [-day, day])
  func `the lease of a worker that died is over soon`(_ jump: Double) async throws {
    let scene = try StoreScene()
    _ = try await scene.record([scene.arrival(of: 1)])
    _ = try #require(try scene.lease(to: "dead"))
    scene.pass(jump)
    scene.pass(181)
    #expect(try scene.lease() != nil)
  }

  @Test(arguments: [-day, day])
  func `a worker that renews goes on, or is told that it has lost`(_ jump: Double) async throws {
    let scene = try StoreScene()
    _ = try await scene.record([scene.arrival(of: 1)])
    let first = try #require(try scene.lease())
    scene.pass(jump)
    // Before anybody else comes, it renews: then it is its own.
    try scene.store.renew(first, for: 90, now: scene.now)
    #expect(try scene.lease(to: "two") == nil)
    scene.pass(jump)
    // Somebody else comes first: then the fence holds, whatever the clock says.
    let second = try #require(try scene.lease(to: "two"))
    #expect(throws: StorageError.fenced) { try scene.store.renew(first, for: 90, now: scene.now) }
    try scene.store.renew(second, for: 90, now: scene.now)
  }

  @Test func `a day to and fro takes nothing from what was taken in`() async throws {
    let scene = try StoreScene()
    _ = try await scene.record([scene.arrival(of: 1)])
    scene.pass(-Self.day)
    _ = try await scene.record([scene.arrival(of: 1)])
    let failure = try #require(try scene.store.failures().first)
    #expect(failure.events == 2)
    #expect(failure.lastSeen.timeIntervalSince(failure.firstSeen) == Self.day)
    #expect(try scene.store.expire(now: scene.now) == 0)
    // What was opened by a clock ahead is due for the one that is right.
    #expect(try scene.lease() != nil)
  }
}

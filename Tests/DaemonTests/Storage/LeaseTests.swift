import Foundation
import Testing

@testable import Storage

struct LeaseTests {
  @Test func `an attempt is held by one, and by the next once the lease is over`() async throws {
    let scene = try StoreScene()
    _ = try await scene.record([scene.arrival(of: 1)])
    let first = try #require(try scene.lease())
    #expect(try scene.lease(to: "two") == nil)
    scene.pass(89)
    #expect(try scene.lease(to: "two") == nil)
    scene.pass(2)
    let second = try #require(try scene.lease(to: "two"))
    #expect(second.id == first.id)
    #expect(second.fence > first.fence)
  }

  @Test func `whoever was overtaken changes nothing any more`() async throws {
    let scene = try StoreScene()
    _ = try await scene.record([scene.arrival(of: 1)])
    let first = try #require(try scene.lease())
    scene.pass(91)
    let second = try #require(try scene.lease(to: "two"))
    let end = AttemptEnd(outcome: "fixed", state: .fixed, report: [])
    let step = Step(stage: "triage", finding: "", seconds: 0)
    #expect(throws: StorageError.fenced) { try scene.store.renew(first, for: 90, now: scene.now) }
    #expect(throws: StorageError.fenced) { try scene.store.append(step, to: first, holding: 90) }
    #expect(throws: StorageError.fenced) { try scene.store.begin("branch", of: first) }
    #expect(throws: StorageError.fenced) { try scene.store.end(first, with: end, now: scene.now) }
    #expect(throws: StorageError.fenced) {
      try scene.store.giveBack(first, because: "", now: scene.now)
    }
    #expect(throws: StorageError.fenced) { try scene.store.putBack(first) }
    #expect(try scene.store.steps(ofAttempt: first.id).isEmpty)
    try scene.store.end(second, with: end, now: scene.now)
    #expect(throws: StorageError.fenced) { try scene.store.end(second, with: end, now: scene.now) }
  }

  @Test func `an effect is begun once, and who comes later is told`() async throws {
    let scene = try StoreScene()
    _ = try await scene.record([scene.arrival(of: 1)])
    let first = try #require(try scene.lease())
    #expect(try scene.store.begin("branch", of: first) == .new)
    scene.pass(91)
    let second = try #require(try scene.lease(to: "two"))
    #expect(try scene.store.begin("branch", of: second) == .begun)
    try scene.store.finish("branch", of: second, with: "it")
    #expect(try scene.store.begin("branch", of: second) == .done("it"))
  }

  @Test func `each pause is twice the one before, and no longer than an hour`() async throws {
    let scene = try StoreScene()
    _ = try await scene.record([scene.arrival(of: 1)])
    var pauses: [Double] = []
    for _ in 1..<Store.triesLimit {
      let attempt = try #require(try scene.lease())
      try scene.store.giveBack(attempt, because: "a reason", now: scene.now)
      var pause = 0.0
      while try scene.count(
        "SELECT notBefore <= \(scene.now.timeIntervalSince1970 + pause) FROM attempt") == 0
      {
        pause += 1
      }
      #expect(try scene.lease() == nil)
      scene.pass(pause - 1)
      #expect(try scene.lease() == nil)
      scene.pass(1)
      pauses.append(pause)
    }
    #expect(pauses == [10, 20, 40, 80])
  }

  @Test func `what fails again and again is given up with its cause`() async throws {
    let scene = try StoreScene()
    _ = try await scene.record([scene.arrival(of: 1)])
    for number in 0..<Store.triesLimit {
      let attempt = try #require(try scene.lease())
      try scene.store.giveBack(attempt, because: "cause \(number)", now: scene.now)
      scene.pass(3600)
    }
    #expect(try scene.lease() == nil)
    let dead = try #require(
      try scene.store.attempts(ofFailure: attemptedFailure(scene)).first)
    #expect(dead.state == .dead)
    #expect(dead.cause == "cause 4")
    #expect(try scene.texts("SELECT state FROM failure") == ["stopped"])
  }

  @Test func `whose worker never said a word is given up, too`() async throws {
    let scene = try StoreScene()
    _ = try await scene.record([scene.arrival(of: 1)])
    for _ in 0..<Store.triesLimit {
      _ = try #require(try scene.lease())
      scene.pass(91)
    }
    #expect(try scene.lease() == nil)
    #expect(
      try scene.store.attempts(ofFailure: attemptedFailure(scene)).first?.cause
        == "its worker ended without a word")
  }

  @Test func `a daemon that ends uses up no try, and one that died frees what it held`()
    async throws
  {
    let scene = try StoreScene()
    _ = try await scene.record([scene.arrival(of: 1)])
    try scene.store.putBack(try #require(try scene.lease()))
    let again = try #require(try scene.lease(to: "gone"))
    #expect(again.tries == 1)
    try scene.store.free { $0 != "gone" }
    #expect(try scene.lease() == nil)
    try scene.store.free { $0 == "gone" }
    #expect(try scene.lease() != nil)
  }

  @Test(arguments: 1...8)
  func `projects take turns, however much one of them brings`(_ seed: UInt64) async throws {
    let scene = try StoreScene(projects: 3)
    var generator = LawGenerator(seed: seed)
    let large = Int.random(in: 0..<3, using: &generator)
    for project in 0..<3 {
      _ = try await scene.record(
        (0..<(project == large ? 60 : 5)).map { scene.arrival(of: $0, in: project) })
    }
    var turns: [Int64] = []
    for _ in 0..<70 {
      // Set back by less than a pause may take, a clock lets what is new wait for so long.
      if try scene.count(Self.dueNow(scene)) == 0 { scene.pass(Due.longestPause) }
      let attempt = try #require(try scene.lease())
      turns.append(attempt.project)
      try scene.store.end(
        attempt, with: AttemptEnd(outcome: "stopped", state: .stopped, report: []), now: scene.now)
      // A clock that is set to and fro changes nobody's turn.
      scene.pass(Double.random(in: -86_400...86_400, using: &generator))
    }
    for start in stride(from: 0, to: 15, by: 3) {
      #expect(Set(turns[start..<start + 3]).count == 3, "\(turns.prefix(15))")
    }
  }

  private static func dueNow(_ scene: StoreScene) -> String {
    let now = scene.now.timeIntervalSince1970
    return """
      SELECT count(*) FROM attempt WHERE state = 'waiting'
        AND (notBefore <= \(now) OR notBefore > \(now) + \(Due.longestPause))
      """
  }

  private func attemptedFailure(_ scene: StoreScene) throws -> Int64 {
    Int64(try scene.count("SELECT failure FROM attempt"))
  }
}

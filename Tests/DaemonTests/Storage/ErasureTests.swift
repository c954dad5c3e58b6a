import Foundation
import Intake
import Testing

@testable import Storage

struct ErasureTests {
  private static let secret = "lena.moss@corp.example.net"

  @Test func `of a failure all data is gone, from the file as well, and the count stays`()
    async throws
  {
    let scene = try StoreScene()
    _ = try await scene.record([
      scene.arrival(of: 1, body: "x \(Self.secret)"), scene.arrival(of: 2, body: "another"),
    ])
    let attempt = try #require(try scene.lease())
    try scene.store.end(
      attempt,
      with: AttemptEnd(
        outcome: "fixed", state: .fixed, report: Array("{\"a\":\"\(Self.secret)\"}".utf8),
        branch: "nevermore/a"), now: scene.now)
    #expect(try bytes(of: scene).contains(Self.secret))
    let erasure = try scene.store.erase(failure: attempt.failure)
    #expect(erasure.events == 1 && erasure.reports == 1)
    #expect(erasure.branches == ["nevermore/a"])
    #expect(try !bytes(of: scene).contains(Self.secret))
    #expect(try bytes(of: scene).contains("another"))
    #expect(try scene.count("SELECT count(*) FROM event") == 2)
    #expect(Store.isWhole(in: scene.folder))
  }

  @Test func `a worker whose data was erased writes nothing any more`() async throws {
    let scene = try StoreScene()
    _ = try await scene.record([scene.arrival(of: 1)])
    let attempt = try #require(try scene.lease())
    #expect(try scene.store.erase(failure: attempt.failure).attempts == 1)
    #expect(throws: StorageError.fenced) {
      try scene.store.end(
        attempt,
        with: AttemptEnd(outcome: "fixed", state: .fixed, report: [1]), now: scene.now)
    }
    #expect(try scene.lease() == nil)
    #expect(try scene.texts("SELECT state FROM failure") == ["stopped"])
  }

  @Test func `a value is gone wherever it stood, and nothing else is`() async throws {
    let scene = try StoreScene()
    let packed = Data("user=\(Self.secret);".utf8).base64EncodedString()
    _ = try await scene.record([
      scene.arrival(of: 1, body: "[\"\(Self.secret.uppercased())\"]"),
      scene.arrival(of: 2, body: "[\"\(packed)\"]"), scene.arrival(of: 3, body: "other"),
      scene.arrival(of: 4, release: "r-\(Self.secret)"),
    ])
    let attempt = try #require(try scene.lease())
    try scene.store.append(
      Step(stage: "triage", finding: "saw \(Self.secret)", seconds: 0), to: attempt, holding: 90)
    try scene.store.giveBack(attempt, because: "because of \(Self.secret)", now: scene.now)
    let traces = ValueTraces(of: [Self.secret])
    let erasure = try scene.store.erase(where: { traces.stand(in: $0) })
    #expect(erasure.events == 2)
    #expect(try !bytes(of: scene).lowercased().contains(Self.secret))
    #expect(try !bytes(of: scene).contains(packed))
    #expect(try scene.texts("SELECT CAST(body AS TEXT) FROM exemplar").contains("other"))
    #expect(try scene.count("SELECT count(*) FROM failure") == 4)
    let again = try scene.store.erase(where: { traces.stand(in: $0) })
    #expect(again == Erasure())
  }

  @Test func `old events go by their project's days, and failures and tallies stay`() async throws {
    let scene = try StoreScene(retention: 7)
    _ = try await scene.record((0..<30).map { scene.arrival(of: $0 % 3) })
    scene.pass(8 * 86_400)
    _ = try await scene.record([scene.arrival(of: 1)])
    #expect(try scene.store.expire(limit: 20, now: scene.now) == 20)
    #expect(try scene.store.expire(limit: 20, now: scene.now) == 10)
    #expect(try scene.store.expire(limit: 20, now: scene.now) == 0)
    try scene.store.shrink()
    #expect(try scene.count("SELECT count(*) FROM event") == 1)
    #expect(try scene.count("SELECT count(*) FROM exemplar") == 0)
    // Of a failure that goes on there is room for new data.
    #expect(try await scene.record([scene.arrival(of: 1)]) == [.kept])
    #expect(try scene.count("SELECT sum(events) FROM failure") == 32)
    #expect(try scene.count("SELECT sum(count) FROM tally") == 32)
  }

  @Test func `a store gives the room of what was removed back`() async throws {
    let scene = try StoreScene()
    let body = String(repeating: "x", count: 100_000)
    _ = try await scene.record((0..<40).map { scene.arrival(of: $0, body: body) })
    try scene.store.shrink()
    let before = try scene.store.figures().bytes
    scene.pass(31 * 86_400)
    while try scene.store.expire(limit: 10, now: scene.now) == 10 {}
    try scene.store.shrink()
    #expect(try scene.store.figures().bytes < before / 4)
  }

  /// All that the folder's files hold, with what stands in pages that nothing refers to.
  private func bytes(of scene: StoreScene) throws -> String {
    try FileManager.default.contentsOfDirectory(atPath: scene.folder).map {
      String(
        decoding: try Data(contentsOf: URL(fileURLWithPath: "\(scene.folder)/\($0)")),
        as: UTF8.self)
    }.joined()
  }
}

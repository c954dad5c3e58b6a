import Foundation
import Interchange
import Storage
import Testing

@testable import Daemon

/// What a person decides on a failure's page.
struct DecidingTests {
  private static let stopped: JSON = ["outcome": "stopped", "stop": ["reason": "cancelled"]]

  @Test func `a case is asked for once at a time`() async throws {
    let scene = try PageScene()
    let failure = try await scene.failure("aaaaaaaaaaaa", HostileWords.event)
    #expect(try !scene.store.ask(for: failure.id))
    try scene.work(Self.stopped)
    try await scene.visit { browser in
      let token = try await browser.formToken()
      let answer = try await browser.post("/failures/aaaaaaaaaaaa/retry", "token=\(token)")
      #expect(answer.status == .seeOther)
      #expect(answer.headers[.location] == "/failures/aaaaaaaaaaaa?project=shop")
      let again = try await browser.post("/failures/aaaaaaaaaaaa/retry", "token=\(token)")
      #expect(again.headers[.location]?.hasSuffix("said=open") == true)
    }
    let attempt = try #require(try scene.store.lease(to: "test", for: 60))
    #expect(attempt.reason == .asked && attempt.event != nil)
  }

  @Test func `an ignored failure is only counted, and its worker is overtaken`() async throws {
    let scene = try PageScene()
    let failure = try await scene.failure("aaaaaaaaaaaa", HostileWords.event)
    let held = try #require(try scene.store.lease(to: "test", for: 60))
    try scene.store.ignore(failure.id)
    #expect(throws: StorageError.fenced) { try scene.store.renew(held, for: 60) }
    #expect(try scene.store.lease(to: "test", for: 60) == nil)
    try scene.store.listen(to: failure.id)
    #expect(try scene.store.failure(failure.id)?.state == .seen)
  }

  @Test func `who listens again finds the failure as it was`() async throws {
    let scene = try PageScene()
    let failure = try await scene.failure("aaaaaaaaaaaa", HostileWords.event)
    try scene.work(Self.stopped)
    try scene.store.ignore(failure.id)
    try scene.store.ignore(failure.id)
    #expect(try scene.store.failure(failure.id)?.state == .ignored)
    try scene.store.listen(to: failure.id)
    #expect(try scene.store.failure(failure.id)?.state == .stopped)
  }

  @Test func `what was joined counts as the other until it is split`() async throws {
    let scene = try PageScene()
    let one = try await scene.failure("aaaaaaaaaaaa", HostileWords.event)
    let other = try await scene.failure("bbbbbbbbbbbb", HostileWords.event)
    #expect(try scene.store.join(one.id, into: other.id))
    #expect(try scene.store.failures().map(\.id) == [other.id])
    #expect(try scene.store.failure(other.id)?.events == 2)
    #expect(try scene.store.insights().funnel.first?.count == 1)
    let more = Arrival(
      project: scene.project.id, identity: "later", receivedAt: Date(),
      finding: .failure(
        .init(identity: one.identity, scheme: 1, exception: "E", signature: "v1 E"), nil))
    _ = try await ArrivalLog(scene.store).append(more)
    #expect(try scene.store.failure(other.id)?.events == 3)
    try scene.store.split(one.id)
    #expect(try scene.store.failures().count == 2)
    #expect(try scene.store.failure(other.id)?.events == 2)
  }

  @Test func `no ring of joined failures can be made`() async throws {
    let scene = try PageScene()
    let one = try await scene.failure("aaaaaaaaaaaa", HostileWords.event)
    let two = try await scene.failure("bbbbbbbbbbbb", HostileWords.event)
    #expect(try !scene.store.join(one.id, into: one.id))
    #expect(try scene.store.join(one.id, into: two.id))
    #expect(try !scene.store.join(two.id, into: one.id))
    #expect(try !scene.store.join(one.id, into: two.id))
  }

  @Test func `failures of two projects are never one`() async throws {
    let scene = try PageScene()
    let one = try await scene.failure("aaaaaaaaaaaa", HostileWords.event)
    let foreign = try scene.store.addProject(name: "other", repository: "/srv/other")
    _ = try await ArrivalLog(scene.store).append(
      Arrival(
        project: foreign.id, identity: "e", receivedAt: Date(),
        finding: .failure(
          .init(identity: "cccccccccccc", scheme: 1, exception: "E", signature: "v1 E"), nil)))
    let two = try #require(try scene.store.failure(named: "cccccccccccc"))
    #expect(try !scene.store.join(one.id, into: two.id))
  }
}

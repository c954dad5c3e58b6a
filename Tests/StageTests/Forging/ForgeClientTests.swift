import Interchange
import Synchronization
import Testing

@testable import Forges

@Suite struct ForgeClientTests {
  private let forge = ForgeLocation.example(.github).forge

  @Test func `what surely never left is tried again at once, and only once`() async {
    let count = Mutex(0)
    let client = ForgeClient { _ in
      count.withLock { $0 += 1 }
      throw ForgeTransportFailure.notDelivered
    }
    #expect(await client.run(forge.read(1)) == .failure(.unavailable(uncertain: false)))
    #expect(count.withLock { $0 } == 2)
  }

  @Test func `an unanswered write is not tried again at once`() async {
    let count = Mutex(0)
    let client = ForgeClient { _ in
      count.withLock { $0 += 1 }
      throw ForgeTransportFailure.unanswered
    }
    #expect(
      await client.run(forge.addComment("x", to: 1)) == .failure(.unavailable(uncertain: true)))
    #expect(count.withLock { $0 } == 1)
  }

  @Test func `a forge that leads on for ever is left`() async {
    let client = ForgeClient { _ in ForgeResponse(200, []) }
    @Sendable func endless(_ number: Int) -> ForgeExchange<Int> {
      .ask(ForgeRequest(.get, .example(.github), ["x"])) { _ in endless(number + 1) }
    }
    #expect(await client.run(endless(0)) == .failure(.unreadable))
  }

  @Test func `after the pause that a limit asked for it goes on`() async {
    let now = Mutex(Duration.zero)
    let answers = Mutex([
      ForgeResponse(429, [:], headers: [("Retry-After", "10")]),
      ForgeResponse(200, pullRequestJSON(1)),
    ])
    let client = ForgeClient(
      transport: { _ in answers.withLock { $0.removeFirst() } },
      now: { now.withLock { $0 } })
    #expect(await client.run(forge.read(1)) == .failure(.limited(wait: .seconds(10))))
    now.withLock { $0 = .seconds(9) }
    #expect(await client.run(forge.read(1)) == .failure(.limited(wait: .seconds(1))))
    now.withLock { $0 = .seconds(10) }
    #expect((try? await client.run(forge.read(1)).get())?.number == 1)
  }
}

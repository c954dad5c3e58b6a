import Testing

@testable import Daemon
@testable import Storage

struct DiskWatchTests {
  private static let ballast = 16 << 20

  @Test func `the ballast is given back once`() {
    var watch = DiskWatch(ballast: Self.ballast)
    #expect(watch.wasRefused() == [.releaseBallast, .expire])
    #expect(watch.wasRefused() == [])
  }

  @Test(arguments: 1...20)
  func `senders come in only where the ballast is there again`(_ seed: UInt64) {
    var generator = LawGenerator(seed: seed)
    var watch = DiskWatch(ballast: Self.ballast)
    var hasBallast = true
    for _ in 0..<200 {
      let room = Int.random(in: 0...(40 << 20), using: &generator)
      let wasClosed = watch.isClosed
      var actions = watch.look(room: room, hasBallast: hasBallast)
      if Int.random(in: 0..<4, using: &generator) == 0 { actions += watch.wasRefused() }
      for action in actions {
        switch action {
        case .releaseBallast: hasBallast = false
        case .makeBallast: hasBallast = true
        case .open:
          #expect(wasClosed && hasBallast)
          #expect(room >= DiskWatch.reserve)
          watch.opened()
        case .expire: #expect(watch.isClosed)
        }
      }
    }
    // Whatever was, room opens it.
    for action in watch.look(room: 1 << 30, hasBallast: false) where action == .open {
      watch.opened()
    }
    #expect(!watch.isClosed)
  }

  @Test func `a label cannot be broken out of`() throws {
    var figures = Figures()
    figures.events = [.init(project: "a\"b\\c\nd", outcome: .kept, count: 1)]
    let text = Exposition(figures, isAccepting: true, room: 0).text
    #expect(text.contains("{project=\"a\\\"b\\\\c\\nd\",outcome=\"kept\"} 1\n"))
  }
}

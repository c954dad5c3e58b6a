import Testing

@testable import Forges

@Suite struct WriteBudgetTests {
  let creation = ForgeRequest(.post, .example(.github), ["x"])
  let change = ForgeRequest(.patch, .example(.github), ["x"])
  let read = ForgeRequest(.get, .example(.github), ["x"])

  @Test func `eighty things a minute are created, and no more`() {
    var budget = WriteBudget()
    for second in 0..<80 {
      #expect(budget.take(creation, at: .milliseconds(second * 100)) == nil)
    }
    #expect(budget.take(creation, at: .seconds(10)) == .seconds(50))
    #expect(budget.take(change, at: .seconds(10)) == nil)
    #expect(budget.take(creation, at: .seconds(60)) == nil)
  }

  @Test
  func `in no hour are more than five hundred created, in no minute more than 900 points spent`() {
    var generator = SeededGenerator(seed: 7)
    var budget = WriteBudget()
    var now = Duration.zero
    var sent: [(at: Duration, request: ForgeRequest)] = []
    for _ in 0..<6000 {
      let request = [creation, change, read, read].randomElement(using: &generator) ?? read
      if let wait = budget.take(request, at: now) {
        #expect(wait > .zero)
        now += wait
        // After the wait that it named, it goes.
        #expect(budget.take(request, at: now) == nil)
      }
      sent.append((now, request))
      now += .milliseconds(Int.random(in: 0...400, using: &generator))
    }
    for (place, one) in sent.enumerated() {
      let hour = sent[place...].prefix { $0.at < one.at + .seconds(3600) }
      let minute = hour.prefix { $0.at < one.at + .seconds(60) }
      #expect(hour.count { $0.request.creates } <= WriteBudget.creationsAnHour)
      #expect(minute.count { $0.request.creates } <= WriteBudget.creationsAMinute)
      let points = minute.reduce(0) { $0 + ($1.request.writes ? 5 : 1) }
      #expect(points <= WriteBudget.pointsAMinute)
    }
  }

  @Test func `a pause holds for everything, and the longest counts`() {
    var budget = WriteBudget()
    budget.pause(.seconds(60), from: .zero)
    budget.pause(.seconds(5), from: .zero)
    #expect(budget.take(read, at: .seconds(10)) == .seconds(50))
    #expect(budget.take(read, at: .seconds(60)) == nil)
  }
}

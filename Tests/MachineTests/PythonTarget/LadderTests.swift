import Failures
import Languages
import Testing

@testable import Reproducing

/// Small real trees, failures that really happened in them, and what the ladder makes of their events.
@Suite struct LadderTests {
  static func climb(
    _ repository: RealRepository, _ event: FailureEvent,
    budget: Ladder.Budget = .init(trials: 200, seconds: 120)
  ) throws -> Ladder.Outcome {
    guard let evidence = try Evidence(of: event, in: repository.session) else { throw NoStack() }
    var ladder = Ladder(evidence: evidence, session: repository.session, budget: budget)
    return try ladder.climb()
  }

  struct NoStack: Error {}

  static func reproduction(_ outcome: Ladder.Outcome, _ location: SourceLocation = #_sourceLocation)
    -> Reproduction?
  {
    if case .reproduced(let reproduction) = outcome { return reproduction }
    Issue.record("\(outcome)", sourceLocation: location)
    return nil
  }

  static func stop(_ outcome: Ladder.Outcome, _ location: SourceLocation = #_sourceLocation)
    -> Stop?
  {
    if case .stopped(let stop) = outcome { return stop }
    Issue.record("it was reproduced", sourceLocation: location)
    return nil
  }

  static let pricing = """
    import random

    class Basket:
        def __init__(self, items=()):
            self.items = list(items)
            self.rate = 0

        def add(self, item):
            self.items.append(item)

        def share(self, part):
            return part / len(self.items)

        def lookup(self, name):
            return self.table[name]

    def total(prices, rate):
        return sum(prices) / rate

    def unlucky(value):
        if random.random() < 0.001:
            raise ValueError("unlucky")
        return value

    def parse(text):
        return int(text.strip())

    def always(text):
        return undefined_name

    def pick(rows, key):
        return [row[key] for row in rows]

    def lazy(values, rate):
        for value in values:
            yield value / rate

    async def waits(rate):
        return 1 / rate

    def outer(rate):
        def inner(value):
            return value / rate
        return [inner(v) for v in (1, 2)]

    class Shape:
        def __init__(self, size, *, unit="m"):
            self.size = 10 / size
        @property
        def area(self):
            return 1 / 0
        @classmethod
        def made(cls, size): return cls(size)
        @staticmethod
        def half(size): return 2 / size

    class Square(Shape):
        pass

    def spread(first, *rest, flag, **more):
        return first / rest[0] / more["rate"]
    """

  static func tree() throws -> RealRepository {
    try RealRepository(["shop/__init__.py": "", "shop/pricing.py": pricing])
  }

  @Test(arguments: [
    "total([1, 2], 0)", "parse(' abc ')", "pick([{'a': 1}, {'b': 2}], 'a')", "list(lazy([1], 0))",
    "__import__('asyncio').run(waits(0))", "outer(0)", "Shape(0)", "Square(0)", "Shape.made(0)",
    "Shape.half(0)",
    "spread(8, 0, 3, flag=True, rate=2)", "spread(8, 2, flag=None, rate=0, **{'other': '\\u2028'})",
  ])
  func `three runs of three for every kind of function`(call: String) throws {
    let repository = try Self.tree()
    let event = try repository.event(
      "from shop.pricing import *\n\ndef handle():\n    value = \(call)\n    return value\n\nhandle()\n"
    )
    guard let found = Self.reproduction(try Self.climb(repository, event)) else { return }
    #expect(found.certificate.runs == 3 && found.certificate.of == 3)
    #expect(found.certificate.exception == event.exception?.type)
    let report = try repository.session.run(found.program)
    #expect(report.exception.map { found.certificate.isMet(by: $0, in: "none") } == true)
  }

  @Test func `what the caller built comes along with its receiver`() throws {
    let repository = try Self.tree()
    let event = try repository.event(
      "from shop.pricing import Basket\n\ndef handle(part):\n    basket = Basket()\n    basket.share(part)\n\nhandle(3)\n"
    )
    guard let found = Self.reproduction(try Self.climb(repository, event)) else { return }
    #expect(found.certificate.innermost == "shop/pricing.py:share")
  }

  @Test func `a failure that happens one time in a thousand is not certified`() throws {
    let repository = try Self.tree()
    let event = try repository.event(
      "from shop.pricing import unlucky\n\ndef handle(value):\n    while True: unlucky(value)\n\nhandle(3)\n"
    )
    #expect(Self.stop(try Self.climb(repository, event))?.reason == .notReproduced)
  }

  @Test func `a look-up that fails for every input of an assumed receiver is refused`() throws {
    let repository = try Self.tree()
    // The event shows no more of the basket than its type; production's had a table without the name.
    var event = try repository.event(
      "from shop.pricing import Basket\n\nbasket = Basket()\n\ndef handle(name, basket):\n    return basket.lookup(name)\n\nhandle('x', basket)\n"
    )
    event.exceptions[0].frames.removeFirst(2)
    let stop = Self.stop(try Self.climb(repository, event))
    #expect(stop?.reason == .notReproduced)
    #expect(stop?.detail.contains("says nothing about the one that failed") == true)
  }

  @Test func `a failure that depends on the input is told by its neighbour`() throws {
    let repository = try Self.tree()
    let event = try repository.event(
      "from shop.pricing import parse\n\ndef handle(text):\n    return parse(text)\n\nhandle('abc')\n"
    )
    guard let found = Self.reproduction(try Self.climb(repository, event)) else { return }
    guard case .passes(let changed, _) = found.certificate.counterfactual else {
      Issue.record("\(found.certificate.counterfactual)")
      return
    }
    #expect(!changed.contains("abc"))
  }

  @Test func `a failure for every input says so`() throws {
    let repository = try Self.tree()
    let event = try repository.event(
      "from shop.pricing import always\n\ndef handle(text):\n    return always(text)\n\nhandle('abc')\n"
    )
    guard let found = Self.reproduction(try Self.climb(repository, event)) else { return }
    guard case .everyInputFails(let alike, let tried) = found.certificate.counterfactual else {
      Issue.record("\(found.certificate.counterfactual)")
      return
    }
    #expect(alike == tried && tried > 0)
  }

  @Test func `a budget that is spent ends in over-budget and says what was missing`() throws {
    let repository = try Self.tree()
    let event = try repository.event(
      "from shop.pricing import parse\n\ndef handle(text):\n    return parse(text)\n\nhandle('abc')\n"
    )
    let stop = Self.stop(try Self.climb(repository, event, budget: .init(trials: 0, seconds: 60)))
    #expect(stop?.reason == .overBudget)
  }

  @Test func `a cause that the revision has not is not reproduced`() throws {
    let repository = try Self.tree()
    var event = try repository.event(
      "from shop.pricing import parse\n\ndef handle(text):\n    return parse(text)\n\nhandle('abc')\n"
    )
    event.exceptions[0].message = "another thing altogether"
    #expect(Self.stop(try Self.climb(repository, event))?.reason == .notReproduced)
    event.exceptions[0].type = "KeyError"
    #expect(Self.stop(try Self.climb(repository, event))?.reason == .notReproduced)
  }
}

import Failures
import Languages
import Testing

@testable import PythonTarget

/// Programs under changed files, through the real kit in the real sandbox.
@Suite struct ObservationTests {
  private static let pricing = """
    RATE = 2

    class Basket:
        def __init__(self, items):
            self.items = items

        def total(self):
            return sum(self.items) / len(self.items)

    def touch(basket):
        basket.items.append(RATE)
        return {1, 2, "é"}
    """

  private func symbol(_ name: String) -> Expression {
    .symbol(Symbol(module: "shop", path: [name]))
  }

  private func program(_ items: [Expression], _ entry: (Expression) -> Expression) -> Program {
    let basket = Expression.call(symbol("Basket"), [Argument(.positional, .list(items))])
    return Program(
      setup: [Statement(.bind(.name("basket"), basket))], entry: entry(.name("basket")))
  }

  private var programs: [Program] {
    let items: [Expression] = [.value(.integer("1")), .value(.integer("5"))]
    return [
      program(items) { .call(.attribute($0, "total"), []) },
      program([]) { .call(.attribute($0, "total"), []) },
      program(items) { .call(symbol("touch"), [Argument(.positional, $0)]) },
    ]
  }

  @Test func `a change of a function is seen in the programs that reach it and in no other`() throws
  {
    let repository = try RealRepository(["shop.py": Self.pricing])
    let instruments = repository.target.instruments()
    let before = try instruments.observe(programs, [:])
    #expect(before.map(\.isExact) == [true, true, true])
    #expect(before[0].shown == "3.0")
    #expect(before[1].report.exception?.type == "ZeroDivisionError")
    #expect(before[1].result == nil)
    #expect(before.map { Array($0.state.keys) } == [["basket"], ["basket"], ["basket"]])
    let mended = Self.pricing.replacing("return sum", with: "return self.items and sum")
    let after = try instruments.observe(programs, ["shop.py": mended])
    #expect(after[0].result == before[0].result && after[0].state == before[0].state)
    #expect(after[1].shown == "[]")
    #expect(after[2].result == before[2].result && after[2].state == before[2].state)
    #expect(try instruments.observe(programs, [:]).map(\.result) == before.map(\.result))
  }

  @Test(arguments: [
    ("RATE = 2", "RATE = 3"), ("class Basket:", "def more(): pass\n\nclass Basket:"),
  ])
  func `a change of what runs at import is imported, and the tree stays as it is`(
    old: String, new: String
  ) throws {
    let repository = try RealRepository(["shop.py": Self.pricing])
    let instruments = repository.target.instruments()
    let before = try instruments.observe(programs, [:])
    let changed = Self.pricing.replacing(old, with: new)
    let after = try instruments.observe(programs, ["shop.py": changed])
    #expect(after.count == 3)
    #expect(after[0].result == before[0].result)
    #expect((after[2].state == before[2].state) == (old != "RATE = 2"))
    #expect(try instruments.syntax("shop.py", nil)?.text == Self.pricing)
    #expect(repository.files == ["shop.py"])
  }

  @Test func `both ways of changing a function say the same`() throws {
    let repository = try RealRepository(["shop.py": Self.pricing])
    let mended = Self.pricing.replacing("return sum", with: "return 1 + sum")
    let other = Self.pricing.replacing("return sum", with: "return 1 + sum") + "\nOTHER = 1\n"
    let instruments = repository.target.instruments()
    let swapped = try instruments.observe(programs, ["shop.py": mended])
    let imported = try instruments.observe(programs, ["shop.py": other])
    #expect(swapped.map(\.result) == imported.map(\.result))
    #expect(swapped.map(\.state) == imported.map(\.state))
    #expect(swapped.map(\.report.exception) == imported.map(\.report.exception))
  }

  @Test func `a program that ends its process leaves the others their answers`() throws {
    let repository = try RealRepository(["shop.py": Self.pricing])
    let ending = Program(
      entry: .call(
        .symbol(Symbol(module: "os", path: ["_exit"])),
        [Argument(.positional, .value(.integer("3")))]))
    let found = try repository.target.instruments().observe(
      [programs[0], ending, programs[2]], [:])
    #expect(found.map { $0.result != nil } == [true, false, true])
    #expect(found[1].report.outcome == .ended("exit 3"))
  }
}

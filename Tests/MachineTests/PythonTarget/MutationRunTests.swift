import Foundation
import Languages
import Testing

@testable import PythonTarget

/// Mutants of small real trees, judged by their real suites.
@Suite struct MutationRunTests {
  private static let shop = """
    RATE = 2

    def total(prices):
        if len(prices) > 3:
            return 0
        return sum(prices) * RATE

    def unused(a):
        return a + 1

    def wait(n):
        while n > 0:
            n -= 1
        return n
    """
  private static let tests = """
    import unittest
    import shop

    class ShopTest(unittest.TestCase):
        def test_total(self):
            self.assertEqual(shop.total([1, 2]), 6)

        def test_wait(self):
            self.assertEqual(shop.wait(3), 0)
    """

  private func mutant(_ original: String, _ replacement: String) throws -> Mutant {
    let text = Self.shop.utf8
    let range = try #require(Self.shop.range(of: original))
    let start = text.distance(from: text.startIndex, to: range.lowerBound)
    let line = 1 + Self.shop[..<range.lowerBound].count { $0 == "\n" }
    return Mutant(
      path: "shop.py", function: nil, operation: "test", original: original,
      replacement: replacement, occurrence: 0,
      span: SourceSpan(
        bytes: start..<start + original.utf8.count, lines: line...line, column: 0))
  }

  @Test func `every mutant has its outcome, and the tree stays as it is`() throws {
    let repository = try RealRepository([
      "shop.py": Self.shop, "tests/__init__.py": "", "tests/test_shop.py": Self.tests,
    ])
    let mutants = [
      try mutant("sum(prices) *", "sum(prices) +"), try mutant("> 3", "> 4"),
      try mutant("RATE = 2", "RATE = 3"), try mutant("a + 1", "a - 1"),
      try mutant("n -= 1", "n -= 0"), try mutant("return 0", "return ("),
      try mutant("len(prices)", "len((prices))"), try mutant("n > 0", "n > 1"),
    ]
    let report = try repository.target.instruments().mutate(
      MutationRequest(mutants: mutants, seconds: 100))
    #expect(report.trouble == nil && report.failingBaseline.isEmpty && !report.isCut)
    let total = MutantOutcome.killed(by: "tests/test_shop.py::ShopTest::test_total")
    let wait = MutantOutcome.killed(by: "tests/test_shop.py::ShopTest::test_wait")
    #expect(
      report.entries.map(\.outcome) == [
        total, .survived, total, .notCovered, .timedOut, .unviable, .equivalent, wait,
      ])
    #expect(report.entries[2].tier == "swapped")
    #expect(report.entries[0].tier == "swapped")
    #expect(try repository.target.instruments().syntax("shop.py", nil)?.text == Self.shop)
  }

  @Test func `a new test alone can be asked`() throws {
    let repository = try RealRepository(["shop.py": Self.shop])
    let test = Self.tests.replacing("[1, 2]", with: "[0, 0]").replacing("6", with: "0")
    let report = try repository.target.instruments().mutate(
      MutationRequest(
        mutants: [try mutant("sum(prices) *", "sum(prices) +")], tests: ["checks/test_new.py"],
        files: ["checks/test_new.py": test], seconds: 60))
    #expect(
      report.entries.map(\.outcome) == [.killed(by: "checks/test_new.py::ShopTest::test_total")])
  }

  @Test func `a suite that fails without mutants is told`() throws {
    let tests = Self.tests.replacing("3), 0", with: "3), 1")
    let repository = try RealRepository(["shop.py": Self.shop, "tests/test_shop.py": tests])
    let report = try repository.target.instruments().mutate(
      MutationRequest(mutants: [try mutant("n > 0", "n > 1")], seconds: 60))
    #expect(report.failingBaseline == ["tests/test_shop.py::ShopTest::test_wait"])
    #expect(report.entries.map(\.outcome) == [.notCovered])
  }
}

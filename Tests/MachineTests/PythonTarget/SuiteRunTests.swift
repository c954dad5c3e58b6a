import Languages
import Testing

@testable import PythonTarget

/// Runs of the suites of small real trees.
@Suite struct SuiteRunTests {
  private static let files = [
    "shop.py": "def total(prices):\n    if prices:\n        return sum(prices)\n    return 0\n",
    "tests/__init__.py": "",
    "tests/test_shop.py": """
    import os
    import unittest
    import shop

    class ShopTest(unittest.TestCase):
        def test_some(self):
            self.assertEqual(shop.total([1, 2]), 3)

        def test_none(self):
            self.assertEqual(shop.total([]), 1)

        def test_writes(self):
            open("shop.py", "a").write("broken(")
            os.remove("tests/__init__.py")
            open("made.txt", "w").close()
    """,
  ]

  @Test func `every test has its result, its lines and its calls, and the tree stays as it is`()
    throws
  {
    let repository = try RealRepository(Self.files)
    let instruments = repository.target.instruments()
    let place = FunctionPlace(path: "shop.py", name: "total")
    let report = try instruments.runSuite(
      SuiteRequest(record: [place], seconds: 60))
    let results = Dictionary(uniqueKeysWithValues: report.cases.map { ($0.identifier, $0) })
    #expect(report.isComplete && report.trouble == nil)
    #expect(results["tests/test_shop.py::ShopTest::test_some"]?.result == .passed)
    #expect(
      results["tests/test_shop.py::ShopTest::test_some"]?.lines["shop.py"]?.isSuperset(of: [2, 3])
        == true)
    #expect(results["tests/test_shop.py::ShopTest::test_none"]?.result == .failed)
    #expect(results["tests/test_shop.py::ShopTest::test_none"]?.exception == "AssertionError")
    #expect(report.calls.map(\.function) == [place, place])
    #expect(report.calls.allSatisfy { $0.isExact && $0.resultType == "builtins.int" })
    #expect(repository.files == (Self.files.keys + ["tests"]).sorted())
    #expect(try instruments.syntax("shop.py", nil)?.text == Self.files["shop.py"])
  }

  @Test func `a new test is run with the others and gone afterwards`() throws {
    let repository = try RealRepository(Self.files)
    let text =
      "import unittest, shop\n\nclass NewTest(unittest.TestCase):\n    def test_new(self): shop.total(3)\n"
    let report = try repository.target.instruments().runSuite(
      SuiteRequest(tests: ["tests/test_new.py"], files: ["tests/test_new.py": text], seconds: 60))
    #expect(report.cases.map(\.identifier) == ["tests/test_new.py::NewTest::test_new"])
    #expect(report.cases.map(\.result) == [.failed])
    #expect(!repository.files.contains("tests/test_new.py"))
  }

  @Test func `a suite that cannot be loaded says why`() throws {
    let repository = try RealRepository(["tests/test_a.py": "import no_such_module\n"])
    let report = try repository.target.instruments().runSuite(SuiteRequest(seconds: 60))
    #expect(report.cases.isEmpty && !report.isComplete)
    #expect(report.trouble?.contains("tests/test_a.py") == true)
    let empty = try RealRepository(["shop.py": "\n"])
    #expect(try empty.target.instruments().runSuite(SuiteRequest(seconds: 60)).trouble != nil)
  }

  @Test func `a budget that is spent leaves what ran by then`() throws {
    let slow =
      "import time, unittest\n\nclass SlowTest(unittest.TestCase):\n    def test_a(self): pass\n    def test_b(self): time.sleep(99)\n"
    let repository = try RealRepository(["tests/test_slow.py": slow])
    let report = try repository.target.instruments().runSuite(SuiteRequest(seconds: 8))
    #expect(report.cases.map(\.result) == [.passed])
    #expect(!report.isComplete)
  }
}

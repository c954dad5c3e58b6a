import Languages
import Testing

@testable import PythonTarget

/// One test under many circumstances, in a real tree.
@Suite struct RerunTests {
  private static func text(_ check: String) -> TestText {
    TestText(
      path: "tests/test_new.py",
      source: """
        import datetime
        import unittest

        import shop


        class NewTest(unittest.TestCase):
            def test_new(self):
                \(check)

        """)
  }

  @Test func `a steady test passes seventeen times in forks and three times fresh`() throws {
    let repository = try RealRepository(["shop.py": "A = 1\n", "tests/__init__.py": ""])
    let before = repository.files
    let runs = try repository.target.instruments().rerun(
      Self.text("self.assertEqual(shop.A, 1)"))
    #expect(runs.map(\.isFresh) == Array(repeating: false, count: 17) + [true, true, true])
    #expect(runs.allSatisfy { $0.result == .passed })
    #expect(Set(runs.map(\.circumstances)).count == 20)
    #expect(repository.files == before)
  }

  @Test func `a test that depends on the day fails in some circumstances`() throws {
    let repository = try RealRepository(["shop.py": "A = 1\n", "tests/__init__.py": ""])
    let runs = try repository.target.instruments().rerun(
      Self.text("self.assertLess(datetime.datetime.now().year, 2030)"))
    #expect(runs.contains { $0.result == .passed })
    #expect(runs.filter { $0.result == .failed }.allSatisfy { $0.circumstances.contains("clock") })
    #expect(runs.contains { $0.result == .failed })
  }
}

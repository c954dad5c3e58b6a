import Foundation
import Interchange
import Testing

extension EndToEnd {
  /// `nevermore mutate` on a repository with one tested and one untested function.
  struct MutationTests {
    private static let files = [
      "tiny/__init__.py": "",
      "tiny/prices.py": """
      RATE = 9


      def fare(count):
          if count > 2:
              return RATE
          return count


      def label(count):
          return "one" if count == 1 else "many"

      """,
      "tests/test_prices.py": """
      from tiny.prices import fare, RATE


      def test_fare():
          assert [fare(n) for n in (0, 1, 2, 3, 4)] == [0, 1, 2, 9, 9]
          assert RATE == 9

      """,
    ]

    private func mutate(_ checkout: Checkout, _ options: String...) throws -> Program {
      try Program.run(
        ["mutate", "--repo", checkout.path, "--config", checkout.configuration] + options,
        at: checkout.folder.path)
    }

    @Test func `lines that the tests hold in place have no survivor`() throws {
      let checkout = try Checkout(Self.files)
      let said = try mutate(checkout, "--lines", "tiny/prices.py:1-7", "--json")
      #expect(said.status == 0, "\(said.output)\(said.talk)")
      #expect(said.talk.isEmpty)
      let report = try said.report()
      #expect(
        report.members?.map(\.key) == [
          "schema", "outcome", "revision", "score", "counts", "mutants", "leftOut", "unreadable",
          "baseline", "warnings", "sandbox", "cpuSeconds", "seconds",
        ])
      #expect(report["outcome"]?.text == "killed")
      #expect(report["score"]?.double == 1)
      #expect(report["revision"]?.text == (try checkout.git(["rev-parse", "HEAD"])))
      let mutants = try #require(report["mutants"]?.items)
      #expect(mutants.count >= 5)
      let boundary = try #require(mutants.first { $0["operator"]?.text == "move-boundary" })
      #expect(boundary["replacement"]?.text == "count >= 2")
      #expect(boundary["function"]?.text == "fare")
      #expect(boundary["line"]?.integer == 5)
      #expect(boundary["killedBy"]?.text?.contains("test_fare") == true)
      let imported = try #require(mutants.first { $0["line"]?.integer == 1 })
      #expect(imported["function"]?.isNull == true)
      #expect(imported["outcome"]?.text == "killed")
      #expect(imported["tier"]?.text == "imported")
    }

    @Test func `what no test runs is shown, and nothing is written`() throws {
      let checkout = try Checkout(Self.files)
      let before = try checkout.folder.contents(of: "tiny")
      let said = try mutate(checkout)
      #expect(said.status == 2, "\(said.output)\(said.talk)")
      #expect(
        said.output.contains(
          "tiny/prices.py:11 label  choose-branch  - \"one\" if count == 1 else \"many\"  + \"one\"  no test runs this line"
        ))
      #expect(!said.output.contains("tiny/prices.py:5 fare"))
      #expect(try checkout.folder.contents(of: "tiny") == before)
    }

    @Test func `a range has only the lines that it changed, as they were committed`() throws {
      let checkout = try Checkout(Self.files)
      let text = try #require(Self.files["tiny/prices.py"])
      try checkout.write(
        text.replacingOccurrences(of: "RATE = 9", with: "RATE = 8 + 1"), to: "tiny/prices.py")
      try checkout.git(["commit", "-q", "-a", "-m", "Say how"])
      try checkout.write(text, to: "tiny/prices.py")
      let said = try mutate(checkout, "--diff", "HEAD~1", "--json")
      #expect(said.status == 0, "\(said.output)\(said.talk)")
      #expect(said.talk.contains("warning: `tiny/prices.py` differs in the work tree from HEAD"))
      let lines = try said.report()["mutants"]?.items?.map { $0["line"]?.integer }
      #expect(lines?.isEmpty == false && lines?.allSatisfy { $0 == 1 } == true)
    }

    @Test func `tests that fail by themselves judge nothing`() throws {
      let checkout = try Checkout(Self.files)
      try checkout.write("def test_no():\n    assert False\n", to: "tests/test_no.py")
      try checkout.git(["add", "-A"])
      try checkout.git(["commit", "-q", "-m", "A failing test"])
      let said = try mutate(checkout, "--lines", "tiny/prices.py:5")
      #expect(said.status == 4, "\(said.output)\(said.talk)")
      #expect(said.output.contains("tests/test_no.py::test_no"))
      #expect(said.output.contains("\nhint: "))
      let chosen = try mutate(
        checkout, "--lines", "tiny/prices.py:5", "--tests", "tests/test_prices.py")
      #expect(chosen.status == 0, "\(chosen.output)\(chosen.talk)")
    }

    @Test(arguments: [
      ["--lines", "tiny/prices.py:0"], ["--lines", "tiny/prices.py:9-3"],
      ["--lines", "tiny/prices.py:x"], ["--lines", "nowhere.py"], ["--lines", "../out.py:1"],
      ["--diff", "nowhere"], ["--diff", "--output=x"], ["--diff", "HEAD", "--lines", "a.py"],
      ["--seconds", "0"],
    ])
    func `what names nothing is refused with a hint`(_ options: [String]) throws {
      let checkout = try Checkout(Self.files)
      let said = try Program.run(
        ["mutate", "--repo", checkout.path, "--config", checkout.configuration] + options,
        at: checkout.folder.path)
      #expect(said.status == 64, "\(said.output)\(said.talk)")
      #expect(said.output.isEmpty)
    }
  }
}

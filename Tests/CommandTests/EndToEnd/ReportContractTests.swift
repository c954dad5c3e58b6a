import Foundation
import Interchange
import Testing

extension EndToEnd {
  /// What `--json` promises to programs: `docs/reference/json.md`.
  struct ReportContractTests {
    @Test func `a tested failure has every member`() throws {
      let checkout = try Checkout()
      let said = try checkout.fix(SentryEvent.average().text)
      #expect(said.status == 10, "\(said.talk)")
      #expect(said.talk.isEmpty, "nothing is said where nobody watches")
      let report = try said.report()
      try expectMembers(report)
      #expect(report["outcome"]?.text == "tested")
      #expect(report["stop"]?.isNull == true)
      #expect(report["failure"]?["exception"]?.text == "ZeroDivisionError")
      #expect(report["branch"]?.isNull == true)

      let reproduction = try #require(report["reproduction"])
      #expect(
        reproduction.members?.map(\.key) == [
          "strategy", "entry", "runs", "of", "bytesBefore", "bytesAfter", "oracleCalls",
          "sufficiency", "sandbox",
        ])
      #expect(reproduction["entry"]?.text == "tiny.prices:average")
      #expect(reproduction["runs"]?.integer == 3)
      #expect(reproduction["of"]?.integer == 3)
      #expect(reproduction["sandbox"]?.text == "bubblewrap")
      for count in ["bytesBefore", "bytesAfter", "oracleCalls"] {
        #expect((reproduction[count]?.integer ?? 0) > 0, "\(count)")
      }
      let sufficiency = try #require(reproduction["sufficiency"]?.double)
      #expect((0...1).contains(sufficiency))
      try expectTest(of: report, in: checkout)
    }

    @Test func `a stopped failure has every member`() throws {
      let checkout = try Checkout()
      var event = SentryEvent.average()
      event.type = "KeyError"
      event.message = "'never'"
      let said = try checkout.fix(event.text)
      #expect(said.status == 11, "\(said.talk)")
      let report = try said.report()
      try expectMembers(report)
      #expect(report["outcome"]?.text == "stopped")
      let stop = try #require(report["stop"])
      #expect(stop.members?.map(\.key) == ["reason", "detail", "missing", "remedy"])
      #expect(stop["reason"]?.text == "not-reproduced")
      #expect(stop["detail"]?.text?.isEmpty == false)
      #expect(stop["missing"]?.items != nil)
      #expect(stop["remedy"]?.text?.isEmpty == false)
      #expect(report["reproduction"]?.isNull == true)
      #expect(report["test"]?.isNull == true)
      #expect(report["branch"]?.isNull == true)
    }

    @Test func `a failure that is fixed already is stopped and has its test`() throws {
      let checkout = try Checkout()
      try checkout.git(["tag", "tiny@1.0"])
      let mended = "def average(total, count):\n    return total / count if count else 0\n"
      try checkout.write("import os\n\n\n" + mended, to: "tiny/prices.py")
      try checkout.git(["commit", "-q", "-a", "-m", "Answer for nothing"])
      let said = try checkout.fix(SentryEvent.average().text, ["--no-ship", "--at", "tiny@1.0"])
      #expect(said.status == 11, "\(said.talk)")
      let report = try said.report()
      try expectMembers(report)
      #expect(report["outcome"]?.text == "stopped")
      #expect(report["stop"]?["reason"]?.text == "already-fixed")
      try expectTest(of: report, in: checkout)
    }

    @Test func `a failure that is none of the repository's stops and says so`() throws {
      let checkout = try Checkout()
      var event = SentryEvent.average(caller: "    return 10 / payload['count']")
      event.frames = [
        SentryEvent.Frame(
          filename: "service.py", module: "service", function: "handle", line: 7,
          source: "    return 10 / payload['count']", variables: ["payload": ["count": "0"]])
      ]
      let said = try checkout.fix(event.text)
      #expect(said.status == 11, "\(said.talk)")
      let report = try said.report()
      #expect(report["stop"]?["reason"]?.text == "not-in-repository")
      #expect(report["test"]?.isNull == true, "a test that calls no function of the repository")
    }

    @Test func `people are told the same on standard output`() throws {
      let checkout = try Checkout()
      try checkout.folder.write(SentryEvent.average().text, to: "event.json")
      let said = try Program.run(
        ["fix", "../event.json", "--config", "../nevermore.yaml", "--no-ship"], at: checkout.path)
      #expect(said.status == 10)
      #expect(said.output.contains("reproduced  3 of 3 by "))
      #expect(said.output.contains("test     tests/test_average"))
      #expect(said.talk.isEmpty)
    }

    @Test func `reproduce ends with the recipe and writes no test`() throws {
      let checkout = try Checkout()
      try checkout.folder.write(SentryEvent.average().text, to: "event.json")
      let arguments = ["reproduce", "../event.json", "--config", "../nevermore.yaml"]
      let said = try Program.run(arguments, at: checkout.path)
      #expect(said.status == 0, "\(said.talk)")
      #expect(said.output.contains("reproduced  3 of 3 by "))
      #expect(said.output.contains("average("))
      let report = try Program.run(arguments + ["--json"], at: checkout.path).report()
      try expectMembers(report)
      #expect(report["outcome"]?.text == "reproduced")
      #expect(report["stop"]?.isNull == true)
      #expect(report["reproduction"]?["entry"]?.text == "tiny.prices:average")
      #expect(report["test"]?.isNull == true)
    }

    @Test func `an event is read from standard input`() throws {
      let checkout = try Checkout()
      let said = try Program.run(
        ["fix", "-", "--config", "../nevermore.yaml", "--json", "--no-ship"], at: checkout.path,
        input: SentryEvent.average().text)
      #expect(said.status == 10, "\(said.talk)")
      #expect(try said.report()["outcome"]?.text == "tested")
    }

    private func expectMembers(_ report: JSON) throws {
      let recipe = report["outcome"]?.text == "reproduced" ? ["recipe"] : []
      #expect(
        report.members?.map(\.key) == [
          "schema", "outcome", "stop", "failure", "reproduction", "minimised", "test", "patch",
          "alternatives", "verdict", "branch", "commits", "redactions", "seconds",
        ] + recipe)
      #expect(report["schema"]?.integer == 1)
      let failure = try #require(report["failure"])
      #expect(failure.members?.map(\.key) == ["id", "signature", "exception"])
      #expect(failure["id"]?.text?.wholeMatch(of: /[0-9a-f]{12}/) != nil)
      #expect(failure["signature"]?.text?.isEmpty == false)
      #expect(report["patch"]?.isNull == true)
      #expect(report["alternatives"]?.items == [])
      #expect(report["verdict"]?.isNull == true)
      #expect(report["commits"]?.items == [])
      let seconds = try #require(report["seconds"])
      #expect(
        seconds.members?.map(\.key) == [
          "triage", "reproduce", "minimise", "test", "repair", "validate", "ship", "total",
          "suiteOnce",
        ])
      for member in seconds.members ?? [] { #expect((member.value.double ?? -1) >= 0) }
    }

    /// The test is a new file of the suite that stands alone and is not marked as known.
    private func expectTest(of report: JSON, in checkout: Checkout) throws {
      let test = try #require(report["test"])
      #expect(
        test.members?.map(\.key) == ["path", "framework", "expectation", "source", "fixtures"])
      let path = try #require(test["path"]?.text)
      #expect(path.hasPrefix("tests/") && path.hasSuffix(".py"))
      #expect(!checkout.folder.holds("tiny/\(path)"))
      #expect(test["framework"]?.text == "pytest")
      #expect(["no-failure", "property", "value"].contains(test["expectation"]?.text ?? ""))
      #expect(test["fixtures"]?.members != nil)
      let source = try #require(test["source"]?.text)
      #expect(source.contains("from tiny.prices import average"))
      #expect(!source.contains("xfail"), "only the shipped file is marked")
    }
  }
}

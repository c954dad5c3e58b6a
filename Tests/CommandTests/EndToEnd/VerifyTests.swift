import Foundation
import Interchange
import Testing

extension EndToEnd {
  /// A patch comes from anyone, and is as hostile as an event.
  struct VerifyTests {
    static let path = "tiny/prices.py"

    private static func diff(_ body: String, header: String = "") -> String {
      let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
      return "\(header)--- a/\(path)\n+++ b/\(path)\n@@ -4,2 +4,\(lines.count + 1) @@\n"
        + " def average(total, count):\n-    return total / count\n"
        + lines.map { "+\($0)\n" }.joined()
    }

    private func verify(
      _ checkout: Checkout, _ diff: String, _ options: [String] = ["--json"]
    ) throws -> Program {
      try checkout.folder.write(SentryEvent.average().text, to: "event.json")
      try checkout.folder.write(diff, to: "their.diff")
      return try Program.run(
        [
          "verify", "event.json", "--patch", "their.diff", "--repo", "tiny", "--config",
          "nevermore.yaml",
        ] + options, at: checkout.folder.path)
    }

    @Test func `a wrong patch that turns the test green is not accepted, and says why`() throws {
      let checkout = try Checkout()
      let before = try checkout.git(["for-each-ref"]) + checkout.git(["status", "--porcelain"])
      let wrong = [
        "    try:\n        return total / count\n    except Exception:\n        return None",
        "    if True:\n        return 0\n    return total / count",
        "    import os\n    if 'PYTEST_CURRENT_TEST' in os.environ:\n        return 0\n    return total / count",
      ]
      for body in wrong {
        let said = try verify(checkout, Self.diff(body))
        #expect(said.status == 10, "\(said.talk)")
        let report = try said.report()
        #expect(report["outcome"]?.text == "tested")
        #expect(report["verdict"]?["decision"]?.text == "rejected", "\(body)")
        let gates = report["verdict"]?["gates"]?.items ?? []
        #expect(
          gates.compactMap { $0["name"]?.text } == [
            "red-then-green", "suite", "unchanged-elsewhere", "mutation", "scope", "harmless",
            "stable",
          ])
        #expect(
          gates.contains {
            $0["result"]?.text == "failed" && $0["evidence"]?.text?.isEmpty == false
          })
        #expect(report["patch"]?["diff"]?.text?.contains("average") == true)
        #expect(report["patch"]?["origin"]?.text == "person")
      }
      let after = try checkout.git(["for-each-ref"]) + checkout.git(["status", "--porcelain"])
      #expect(after == before, "nothing is written to the repository")
    }

    @Test func `a patch that mends nothing fails the first gate`() throws {
      let checkout = try Checkout()
      let said = try verify(checkout, Self.diff("    return (total / count)"), [])
      #expect(said.status == 10)
      #expect(said.output.hasPrefix("rejected  red-then-green"), "\(said.output)")
      #expect(said.output.contains("for the same cause as before"))
    }

    @Test func `the failure's own test may be there already, and the patch may take its mark away`()
      throws
    {
      let checkout = try Checkout()
      try checkout.folder.write(SentryEvent.average().text, to: "event.json")
      let fixed = try Program.run(
        ["fix", "event.json", "--repo", "tiny", "--config", "nevermore.yaml", "--json"],
        at: checkout.folder.path)
      let branch = try #require(try fixed.report()["branch"]?.text, "\(fixed.talk)")
      let guarded = Self.diff("    if not count:\n        return 0\n    return total / count")
      let test = try checkout.git(["diff", "main", branch])
      let brought = try verify(checkout, test + "\n" + guarded)
      #expect(brought.status == 10, "\(brought.talk)")
      #expect(
        try brought.report()["verdict"]?["decision"]?.text == "rejected",
        "a known issue that passes fails, as its mark demands")
      _ = try checkout.git(["merge", "--quiet", "--ff-only", branch])
      let merged = try verify(checkout, guarded)
      #expect(try merged.report()["verdict"]?["decision"]?.text == "inconclusive", "\(merged.talk)")
    }

    @Test func `the decision comes first, then a line a gate`() throws {
      let checkout = try Checkout()
      let said = try verify(
        checkout, Self.diff("    if not count:\n        return 0\n    return total / count"), [])
      #expect(said.status == 10, "\(said.talk)")
      let lines = said.output.split(separator: "\n")
      #expect(lines.first?.hasPrefix("inconclusive") == true, "\(said.output)")
      #expect(lines.dropFirst().prefix(7).allSatisfy { $0.hasPrefix("  ") })
      #expect(said.output.contains("for which nothing in the code speaks"))
    }

    @Test func `a patch without a line's end at its end, and one of other line ends, are read`()
      throws
    {
      let checkout = try Checkout()
      let diff = Self.diff("    if not count:\n        raise\n    return total / count")
      for text in [String(diff.dropLast()), diff.replacing("\n", with: "\r\n")] {
        let said = try verify(checkout, text)
        #expect([0, 10].contains(said.status), "\(said.talk)")
      }
    }

    @Test func `hostile patches end in a clear result each`() throws {
      let checkout = try Checkout()
      try checkout.write("#!/bin/sh\n", to: "run.sh")
      try FileManager.default.createSymbolicLink(
        atPath: "\(checkout.path)/link", withDestinationPath: checkout.folder.path)
      try checkout.git(["add", "-A"])
      try checkout.git(["commit", "-q", "-m", "a link that leads out"])
      let created = "@@ -0,0 +1 @@\n+x\n"
      func new(_ path: String, mode: String = "100644") -> String {
        "diff --git a/\(path) b/\(path)\nnew file mode \(mode)\n--- /dev/null\n+++ b/\(path)\n\(created)"
      }
      let cases: [(String, String)] = [
        ("", "holds no unified diff"), ("hello\n", "holds no unified diff"),
        (new("../outside.py"), "../outside.py`"), (new("/etc/cron.d/x"), "etc/cron.d/x"),
        (new(".git/hooks/post-checkout"), ".git/hooks/post-checkout`"),
        (new("link/escaped.py"), "link"), (new("a", mode: "120000"), "symbolic link"),
        (new("module", mode: "160000"), "submodule"),
        (
          "diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n", "`run.sh`"
        ),
        (
          "diff --git a/x.bin b/x.bin\nnew file mode 100644\nindex 0000000..1234567\nGIT binary patch\nliteral 1\nIcmZPo\n\n",
          "`x.bin`"
        ),
        (
          Self.diff("x").replacing("total / count\n+x", with: "never there\n+x"),
          "Hunk 1 of `tiny/prices.py` does not apply"
        ),
        (Self.diff("x").replacing("tiny/prices.py", with: "tiny/none.py"), "`tiny/none.py`"),
        (new(Self.path), "has it already"),
      ]
      for (diff, words) in cases {
        let said = try verify(checkout, diff)
        #expect(said.status == 64, "\(diff)\(said.output)")
        #expect(said.talk.contains(words), "\(diff)\n\(said.talk)")
        #expect(said.talk.contains("hint: "), "\(said.talk)")
        #expect(said.output.isEmpty)
      }
      #expect(!checkout.folder.holds("outside.py") && !checkout.folder.holds("escaped.py"))
    }

    @Test func `a patch of a hundred megabytes is not read to its end`() throws {
      let checkout = try Checkout()
      try checkout.folder.write(SentryEvent.average().text, to: "event.json")
      let file = "\(checkout.folder.path)/large.diff"
      try #require(FileManager.default.createFile(atPath: file, contents: nil))
      try #require(truncate(file, 100 << 20) == 0)
      let said = try Program.run(
        [
          "verify", "event.json", "--patch", file, "--repo", "tiny", "--config", "nevermore.yaml",
        ], at: checkout.folder.path)
      #expect(said.status == 64)
      #expect(said.talk.contains("hint: split it"), "\(said.talk)")
    }

    @Test func `tests that are weakened, and files that steer them, are out of scope`() throws {
      let checkout = try Checkout()
      let mend = Self.diff("    if not count:\n        return 0\n    return total / count")
      let weakened = """
        --- a/tests/test_prices.py
        +++ b/tests/test_prices.py
        @@ -4,2 +4,2 @@
         def test_average():
        -    assert average(4, 2) == 2
        +    assert average(4, 2)

        """
      let steering = "--- /dev/null\n+++ b/conftest.py\n@@ -0,0 +1 @@\n+x = 1\n"
      for (more, words) in [
        (weakened, "`test_average` does or expects"), (steering, "decides how tests run"),
      ] {
        let report = try verify(checkout, mend + more).report()
        let scope = report["verdict"]?["gates"]?.items?.first { $0["name"]?.text == "scope" }
        #expect(scope?["result"]?.text == "failed")
        #expect(scope?["evidence"]?.text?.contains(words) == true, "\(String(describing: scope))")
        #expect(report["verdict"]?["decision"]?.text == "rejected")
      }
    }

    @Test func `what cannot be reproduced is not judged`() throws {
      let checkout = try Checkout()
      var event = SentryEvent.average()
      event.type = "KeyError"
      try checkout.folder.write(event.text, to: "event.json")
      try checkout.folder.write(Self.diff("    return 1"), to: "their.diff")
      let said = try Program.run(
        [
          "verify", "event.json", "--patch", "their.diff", "--repo", "tiny", "--config",
          "nevermore.yaml", "--json",
        ], at: checkout.folder.path)
      #expect(said.status == 11)
      let report = try said.report()
      #expect(report["verdict"]?.isNull == true)
      #expect(report["stop"]?["reason"]?.text == "not-reproduced")
    }
  }
}

import Foundation
import Interchange
import Testing

extension EndToEnd {
  /// What a run leaves in a repository: nothing, or one branch.
  struct ShippingTests {
    @Test(arguments: [(["fix", "--no-ship"], 10), (["reproduce"], 0)])
    func `nothing at all is written without shipping`(
      _ command: [String], _ status: Int
    ) throws {
      let checkout = try Checkout()
      try checkout.folder.write(SentryEvent.average().text, to: "event.json")
      let before = try checkout.folder.contents(of: "tiny")
      let said = try Program.run(
        [command[0], "../event.json", "--config", "../nevermore.yaml"] + command.dropFirst(),
        at: checkout.path)
      #expect(Int(said.status) == status, "\(said.talk)")
      #expect(try checkout.folder.contents(of: "tiny") == before)
    }

    @Test func `shipping makes a branch with the test as a known issue`() throws {
      let checkout = try Checkout()
      let report = try checkout.fix(SentryEvent.average().text, []).report()
      let failure = try #require(report["failure"]?["id"]?.text)
      let branch = try #require(report["branch"]?.text)
      #expect(branch == "nevermore/\(failure)")
      #expect(report["commits"]?.items?.map(\.text) == [try checkout.git(["rev-parse", branch])])
      #expect(
        try checkout.git(["rev-parse", "\(branch)^"]) == checkout.git(["rev-parse", "main"]))

      let path = try #require(report["test"]?["path"]?.text)
      #expect(try checkout.git(["diff", "--name-only", "main", branch]) == path)
      let source = try checkout.git(["show", "\(branch):\(path)"])
      #expect(source.contains("xfail(") && source.contains("strict=True"))

      let trailers = try checkout.git(["log", "-1", "--format=%(trailers)", branch])
      #expect(trailers.contains("Failure: \(failure)"))
      #expect(trailers.contains("Signature: v1 ZeroDivisionError"))
      #expect(trailers.contains("Reproduction: "))
      #expect(
        try checkout.git(["log", "-1", "--format=%cn <%ce>", branch])
          == "Nevermore <nevermore@localhost>")
    }

    @Test func `shipping leaves the checkout, the index, HEAD and the stash as they were`() throws {
      let checkout = try Checkout()
      try checkout.write("half done\n", to: "tiny/prices.py.orig")
      try checkout.write("staged\n", to: "tiny/staged.py")
      try checkout.git(["add", "tiny/staged.py"])
      let before = try checkout.folder.contents(of: "tiny")
      #expect(try checkout.fix(SentryEvent.average().text, []).status == 10)
      let after = try checkout.folder.contents(of: "tiny")
      let written = Set(after.keys).subtracting(before.keys)
      #expect(!written.isEmpty)
      for path in written {
        let isGits =
          path.hasPrefix(".git/objects/") || path.hasPrefix(".git/refs/heads/nevermore")
          || path.hasPrefix(".git/logs/refs/heads/nevermore")
        #expect(isGits, "\(path) was written")
      }
      for (path, bytes) in before { #expect(after[path] == bytes, "\(path) was changed") }
    }

    @Test func `the suite is green on the branch`() throws {
      let checkout = try Checkout()
      let report = try checkout.fix(SentryEvent.average().text, []).report()
      try checkout.git(["checkout", "-q", try #require(report["branch"]?.text)])
      let suite = try Python.run(
        "shop", ["-m", "pytest", "-q", "-p", "no:cacheprovider"], at: checkout.path)
      #expect(suite.status == 0)
      #expect(suite.output.contains("1 passed, 1 xfailed"), "\(suite.output)")
    }

    @Test func `a second run finds the branch as it is`() throws {
      let checkout = try Checkout()
      let first = try checkout.fix(SentryEvent.average().text, []).report()
      let second = try checkout.fix(SentryEvent.average().text, [])
      #expect(second.status == 10, "\(second.talk)")
      #expect(try second.report()["branch"] == first["branch"])
    }

    @Test func `a branch that a person has edited is refused`() throws {
      let checkout = try Checkout()
      let report = try checkout.fix(SentryEvent.average().text, []).report()
      let branch = try #require(report["branch"]?.text)
      try checkout.git(["checkout", "-q", branch])
      try checkout.git(["commit", "-q", "--amend", "--no-edit", "--reset-author"])
      let edited = try checkout.git(["rev-parse", branch])
      try checkout.git(["checkout", "-q", "main"])
      let said = try checkout.fix(SentryEvent.average().text, [])
      #expect(said.status == 12)
      #expect(said.talk.contains("`\(branch)`") && said.talk.contains("\nhint: "))
      #expect(try checkout.git(["rev-parse", branch]) == edited)
    }

    @Test func `the pull request's text goes to the file that is asked for`() throws {
      let checkout = try Checkout()
      let body = "\(checkout.folder.path)/body.md"
      #expect(try checkout.fix(SentryEvent.average().text, ["--body", body]).status == 10)
      let text = try checkout.folder.text("body.md")
      #expect(text.contains("ZeroDivisionError") && text.contains("no fix is proven"))
    }

    @Test func `a file that cannot be written is said before anything is shipped`() throws {
      let checkout = try Checkout()
      let body = "\(checkout.folder.path)/nowhere/body.md"
      let said = try checkout.fix(SentryEvent.average().text, ["--body", body])
      #expect(said.status == 64, "\(said.talk)")
      #expect(said.talk.contains("`\(body)`") && said.talk.contains("\nhint: "))
      #expect(try checkout.git(["branch", "--list", "nevermore/*"]).isEmpty)
    }
  }
}

import Failures
import Foundation
import Interchange
import Testing

@testable import Repairing

/// Scripts that play good and lazy assistants.
@Suite(.serialized) struct CommandRepairerTests {
  private let mend = """
    import pathlib
    path = pathlib.Path("shop/cart.py")
    path.write_text(path.read_text().replace("len(prices)", "len(prices) if prices else 0"))
    """

  @Test func `a good assistant's change is the proposal, and its words are not`() throws {
    let assistant = try Assistant()
    let result = try assistant.work(
      "print('trust me'); import sys; print('secret', file=sys.stderr)\n\(mend)\nsys.exit(3)")
    #expect(result.objections.isEmpty)
    let proposal = try #require(result.proposals.first)
    #expect(result.proposals.count == 1)
    #expect(proposal.changes == ["shop/cart.py": Assistant.fixed])
    #expect(
      proposal.origin == .command(try assistant.repairer([RealRepository.interpreter.get()]).name))
    #expect(!proposal.reason.contains("trust"))
  }

  @Test func `the failing test is there, and the command that is given runs it`() throws {
    try #require(RealRepository.hasPytest)
    let result = try Assistant().work(
      """
      import json, os, pathlib, subprocess, sys
      evidence = json.load(open(os.environ["NEVERMORE_EVIDENCE"]))
      assert evidence == json.load(sys.stdin)
      run = lambda: subprocess.run(evidence["test"]["command"], capture_output=True).returncode
      before = run()
      \(mend)
      after = run()
      pathlib.Path("seen.txt").write_text(f"{before} {after} {os.environ['NEVERMORE_TEST']}")
      """)
    let proposal = try #require(result.proposals.first, "\(result.objections)")
    #expect(proposal.changes["seen.txt"] == "1 0 tests/test_average.py")
    #expect(proposal.changes.count == 2)
  }

  @Test func `the evidence holds what is known, and marks what is not`() throws {
    let assistant = try Assistant()
    let result = try assistant.work(
      """
      import os, shutil
      shutil.copy(os.environ["NEVERMORE_EVIDENCE"], "evidence.json")
      open("environment.txt", "w").write("\\n".join(sorted(os.environ)))
      """)
    let changes = try #require(result.proposals.first?.changes)
    let evidence = try JSON(parsing: Array(try #require(changes["evidence.json"]).utf8))
    #expect(evidence["failure"]?.text == "f-1")
    #expect(evidence["exception"]?["type"]?.text == "ZeroDivisionError")
    #expect(evidence["entry"]?.text == "shop.cart:average")
    let variables = evidence["frames"]?.items?.first?["variables"]
    #expect(variables?["prices"] == .array([]))
    #expect(variables?["token"]?["kind"]?.text == "redacted")
    #expect(variables?["rest"]?["kind"]?.text == "truncated")
    #expect(evidence["crashState"]?.items?.first?["condition"]?.text == "empty")
    let known = Set([
      "HOME", "LANG", "LC_ALL", "NEVERMORE_EVIDENCE", "NEVERMORE_TEST", "PATH", "PWD",
      "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "PYTHONUNBUFFERED", "TZ", "SHLVL", "_",
    ])
    let names = Set(changes["environment.txt"]?.split(separator: "\n").map(String.init) ?? [])
    #expect(names.isSubset(of: known), "\(names.subtracting(known))")
  }

  @Test func `a lazy assistant is told why, and has a second try`() throws {
    let result = try Assistant().work("")
    #expect(result.objections == [.nothingChanged, .nothingChanged])
    #expect(result.proposals.isEmpty)
    let second = try Assistant().work(
      """
      import json, sys
      evidence = json.load(sys.stdin)
      if evidence["attempt"] == 2 and "left the tree as it was" in evidence["objection"]:
          open("shop/new.py", "w").write("x = 1\\n")
      """)
    #expect(second.objections == [.nothingChanged])
    #expect(second.proposals.first?.changes == ["shop/new.py": "x = 1\n"])
  }

  @Test func `what tools leave, a touched file and a changed mode are no change`() throws {
    let result = try Assistant().work(
      """
      import os
      for name in ("__pycache__", ".pytest_cache", ".git/objects", "a.egg-info"):
          os.makedirs(name, exist_ok=True)
          open(name + "/x", "w").write("x")
      open("shop/a.pyc", "w").write("x")
      os.utime("shop/cart.py")
      os.chmod("shop/__init__.py", 0o4777)
      text = open("README.md").read()
      open("README.md", "w").write(text)
      """)
    #expect(result.objections == [.nothingChanged, .nothingChanged])
  }

  @Test func `a program is found in the tree, beside the interpreter, on the system and alone`()
    throws
  {
    let assistant = try Assistant()
    let script = "#!/bin/sh\necho y > made.txt\nls $(dirname \"$0\") > beside.txt\n"
    let own = assistant.folder + "/own"
    for path in [own + "/fix.sh", assistant.root + "/tools/fix.sh"] {
      try Assistant.write(script, to: path)
      chmod(path, 0o755)
    }
    try Assistant.write("token", to: own + "/secret")
    for words in [[own + "/fix.sh"], ["tools/fix.sh"], ["sh", "-c", "echo y > made.txt"]] {
      let result = try assistant.repairer(words).repair(assistant.task())
      let changes = try #require(result.proposals.first?.changes, "\(words) \(result.objections)")
      #expect(changes["made.txt"] == "y\n")
      #expect(changes["beside.txt"]?.contains("secret") != true)
    }
    for words in [["nonexistent-program"], ["../own/fix.sh"], ["/etc/passwd"], ["tools/none"]] {
      let result = try assistant.repairer(words).repair(assistant.task())
      #expect(result.objections == [.notFound(words[0])])
    }
  }

  @Test func `without a sandbox no command is run`() throws {
    let assistant = try Assistant()
    var workshop = try assistant.repairer(["sh"]).workshop
    workshop.isConfined = false
    let repairer = CommandRepairer(words: ["sh", "-c", "echo x > a"], workshop: workshop)
    #expect(try repairer.repair(assistant.task()).objections == [.unconfined])
  }
}

import Foundation
import Interchange
import Testing

extension EndToEnd {
  /// Code of the target that does its worst when it is called: the case ends, and nothing of it stays.
  struct HostileTargetTests {
    /// Bodies of `average(total, count)`. `MARK` names processes that would outlive the run.
    static let bodies: [(title: String, body: String)] = [
      (
        "forks and detaches",
        """
        for _ in range(3):
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.execv(sys.executable, ["MARK", "-c", "import time; time.sleep(1e6)"])
                os._exit(0)
        return 1
        """
      ),
      ("forks for ever", "while True:\n    os.fork()"),
      ("sleeps for ever", "time.sleep(1e9)"),
      ("spins for ever", "while True:\n    pass"),
      (
        "shuts its ears",
        """
        for number in range(1, 65):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        time.sleep(1e9)
        """
      ),
      (
        "allocates without end",
        "hoard = []\nwhile True:\n    hoard.append(bytearray(64 << 20))"
      ),
      (
        "writes outside",
        """
        for place in ("OUTSIDE/PWNED", "ROOT/PWNED", "ROOT/.git/PWNED", "/PWNED", "/tmp/PWNED-MARK"):
            try:
                open(place, "w").close()
            except OSError:
                pass
        return 1
        """
      ),
      (
        "prints ten gigabytes",
        "for _ in range(10000):\n    print('x' * (1 << 20))\nreturn 1"
      ),
      ("ends the process", "os._exit(0)"),
      ("kills its parent", "os.kill(os.getppid(), signal.SIGKILL)\nreturn 1"),
      ("exits", "sys.exit(0)"),
      (
        "closes every descriptor",
        "os.closerange(0, 1024)\nreturn 1"
      ),
      (
        "forges answers",
        """
        for descriptor in range(0, 32):
            try:
                os.write(descriptor, b'{"outcome":"raised"}\\n' * 100)
            except OSError:
                pass
        return 1
        """
      ),
    ]

    @Test(arguments: HostileTargetTests.bodies.indices)
    func `a target that does its worst ends in a stop, and nothing of it stays`(
      _ index: Int
    ) throws {
      let (title, body) = Self.bodies[index]
      let mark = "nevermore-mark-\(UUID().uuidString)"
      let checkout = try Checkout(Self.tree(body: "return total / count"))
      try checkout.folder.write("", to: "outside/kept")
      let whole = body.replacing("MARK", with: mark)
        .replacing("OUTSIDE", with: "\(checkout.folder.path)/outside")
        .replacing("ROOT", with: checkout.path)
      for (file, text) in Self.tree(body: whole) { try checkout.write(text, to: file) }
      try checkout.git(["commit", "-q", "-a", "-m", title])
      let before = try checkout.folder.contents(of: "tiny")

      let said = try checkout.fix(SentryEvent.average().text)
      #expect(said.status == 11, "\(title): \(said.status) \(said.talk)")
      let reason = try said.report()["stop"]?["reason"]?.text ?? "none"
      #expect(["not-reproduced", "over-budget"].contains(reason), "\(title): \(reason)")
      #expect(Survivors.with([mark, checkout.path]) == [], "\(title)")
      #expect(try checkout.folder.contents(of: "tiny") == before, "\(title)")
      #expect(try checkout.folder.contents(of: "outside").keys.sorted() == ["kept"], "\(title)")
      for place in ["/PWNED", "/tmp/PWNED-\(mark)"] {
        #expect(!FileManager.default.fileExists(atPath: place), "\(title)")
      }
    }

    /// The tiny code base with another body of its function.
    private static func tree(body: String) -> [String: String] {
      let lines = body.split(separator: "\n").map { "    \($0)\n" }.joined()
      var files = Checkout.tiny
      files["tiny/prices.py"] =
        "import os, signal, sys, time\n\n\ndef average(total, count):\n" + lines
      return files
    }

    @Test func `hooks, filters and programs that git would run are not run`() throws {
      let checkout = try Checkout()
      let trap = "\(checkout.folder.path)/sprung"
      let hooks = [
        "post-checkout", "pre-commit", "commit-msg", "prepare-commit-msg", "post-commit",
        "reference-transaction", "post-index-change", "pre-auto-gc", "post-rewrite",
        "fsmonitor-watchman", "post-merge", "sendemail-validate",
      ]
      for hook in hooks {
        let file = ".git/hooks/\(hook)"
        try checkout.write("#!/bin/sh\necho \(hook) >> \(trap)\n", to: file)
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o755], ofItemAtPath: "\(checkout.path)/\(file)")
      }
      try checkout.write("* filter=trap diff=trap merge=trap\n", to: ".gitattributes")
      try checkout.git(["add", "-A"])
      try checkout.git(["commit", "-q", "--no-verify", "-m", "attributes"])
      let program = "sh -c 'echo setting >> \(trap); cat'"
      for setting in [
        "filter.trap.clean", "filter.trap.smudge", "filter.trap.process", "diff.trap.textconv",
        "diff.trap.command", "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor",
        "gpg.program", "diff.external", "credential.helper", "core.askPass",
      ] {
        try checkout.git(["config", setting, program])
      }
      try checkout.git(["config", "commit.gpgSign", "true"])
      try checkout.git(["config", "core.logAllRefUpdates", "always"])
      try? FileManager.default.removeItem(atPath: trap)

      let said = try checkout.fix(SentryEvent.average().text, [])
      #expect(said.status == 10, "\(said.talk)")
      let sprung = (try? checkout.folder.text("sprung")) ?? ""
      #expect(sprung.isEmpty, "run: \(sprung)")
    }
  }
}

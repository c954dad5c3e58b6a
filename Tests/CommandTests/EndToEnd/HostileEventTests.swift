import Foundation
import Interchange
import Testing

extension EndToEnd {
  /// An event is hostile: whoever has the DSN can write one. None is more than data.
  struct HostileEventTests {
    @Test(arguments: [
      "../outside/secret.py", "tiny/../../outside/secret.py", "ABSOLUTE", "file://ABSOLUTE",
      "../../../../../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd",
      "/proc/self/environ", "tiny/link.py", "link/secret.py", "tiny/prices.pyNUL.txt", "",
      "~/.ssh/id_rsa", ".git/config", "tiny",
    ])
    func `no file outside the repository is opened for a frame`(_ name: String) throws {
      let checkout = try Checkout()
      let canary = "def average(total, count):\n    raise ZeroDivisionError('CANARY')\n"
      try checkout.folder.write(canary, to: "outside/secret.py")
      let secret = "\(checkout.folder.path)/outside/secret.py"
      try FileManager.default.createSymbolicLink(
        atPath: "\(checkout.path)/tiny/link.py", withDestinationPath: secret)
      try FileManager.default.createSymbolicLink(
        atPath: "\(checkout.path)/link", withDestinationPath: "\(checkout.folder.path)/outside")
      try checkout.git(["add", "-A"])
      try checkout.git(["commit", "-q", "-m", "links that lead out"])
      let filename = name.replacing("ABSOLUTE", with: secret).replacing("NUL", with: "\u{0}")

      let watch = try Watch(secret)
      var event = SentryEvent.average()
      for index in event.frames.indices {
        event.frames[index].module = nil
        event.frames[index].filename = filename
        event.frames[index].absolutePath = filename
      }
      let said = try checkout.fix(event.text)
      #expect([11, 64].contains(said.status), "\(said.status) \(said.talk)")
      #expect(!watch.wasOpened, "the file outside was opened")
      #expect(!said.output.contains("CANARY") && !said.talk.contains("CANARY"))
      #expect(!said.output.contains("root:x:0") && !said.talk.contains("root:x:0"))
    }

    @Test(arguments: [
      #"'it\'s'"#, #""say \"hi\"""#, #"'back\\slash\\'"#, #"'line\nline\r\n'"#, "'\u{2028}'",
      "'\u{202e}'", #"'\'\'\' \"\"\"'"#, #"'${HOME} $(touch PWNED) `touch PWNED`'"#,
      #"'{0.__class__} %s %(x)s'"#, #"'\x00\x1b[31m'"#, #"'\ud800'"#, #"b'\xff\x00\''"#, "nan",
      "inf", "-inf", "-0.0", "[...]", "{'a': {...}}", "<object at 0x7f>", "", "'unclosed",
      "__import__('os').system('touch PWNED')", "'''\nimport os; os.system('touch PWNED')\n'''",
      "'\"\"\"); import os; os.system(\"touch PWNED\"); (\"\"\"'", "# comment", "lambda: 1", "1 if",
    ])
    func `a captured value is a literal or nothing`(_ value: String) throws {
      try expectHarmless(SentryEvent.average(total: .string(value)).text)
      try expectHarmless(
        SentryEvent.average(
          total: ["key": .string(value), value: [.string(value)]], count: [.string(value)]
        ).text)
    }

    @Test func `an integer of 400 digits is no obstacle`() throws {
      let digits = String(repeating: "7", count: 400)
      try expectHarmless(SentryEvent.average(total: .string(digits)).text, among: [10])
      try expectHarmless(SentryEvent.average(total: .number(digits)).text)
    }

    @Test func `a list 60000 deep ends in a clear result`() throws {
      let deep = String(repeating: "[", count: 60_000) + String(repeating: "]", count: 60_000)
      try expectHarmless(SentryEvent.average(total: .string(deep)).text)
      let event = SentryEvent.average(total: "DEEP").text
      try expectHarmless(event.replacing("\"DEEP\"", with: deep))
      let open = String(repeating: "[", count: 60_000)
      try expectHarmless(SentryEvent.average(total: .string(open)).text)
      let minus = String(repeating: "-", count: 60_000) + "1"
      try expectHarmless(SentryEvent.average(total: .string(minus)).text)
    }

    @Test func `text that is no Unicode is no obstacle`() throws {
      let event = SentryEvent.average(total: "HERE").text
      try expectHarmless(event.replacing("HERE", with: #"'\ud800'"#))
      try expectHarmless(event.replacing("HERE", with: #"\udfff\ud800"#))
      try expectHarmless(event.replacing("division by zero", with: #"\ud800 by zero"#))
    }

    @Test(arguments: [
      "import os; os.system(\"touch PWNED\")", "__import__(\"os\").system(\"touch PWNED\")",
      "average(__import__(\"os\").system(\"touch PWNED\"), 0)",
      "average(tiny.prices.os.system(\"touch PWNED\"), 0)",
      "average(os.system(\"touch PWNED\"), 0)", "tiny.prices.os.system(\"touch PWNED\")",
      "average(eval(\"1\"), exec(\"import os; os.system('touch PWNED')\"))",
      "average(open(\"PWNED\", \"w\").write(\"\"), 0)",
      "average(pathlib.Path(\"PWNED\").write_text(\"\"), 0)",
      "average(().__class__.__base__.__subclasses__(), 0)",
      "average(total := os.system(\"touch PWNED\"), 0)",
      "average([os.system(\"touch PWNED\") for _ in [1]][0], 0)",
      "average((lambda: os.system(\"touch PWNED\"))(), 0)",
      "average(getattr(os, \"system\")(\"touch PWNED\"), 0)",
      "average(f\"{os.system('touch PWNED')}\", 0)",
      "average(map(os.system, [\"touch PWNED\"]), 0)",
      "average(functools.reduce(os.system, [\"touch PWNED\"], 0), 0)",
      "average(operator.methodcaller(\"system\", \"touch PWNED\")(tiny.prices.os), 0)",
      "average(operator.attrgetter(\"os.system\")(tiny.prices)(\"touch PWNED\"), 0)",
      "average(types.FunctionType(compile(\"1\", \"\", \"eval\"), {})(), 0)",
      "average(sorted([\"touch PWNED\"], key=tiny.prices.os.system), 0)",
      "average(\"{0.os.system}\".format(tiny.prices), 0)",
    ])
    func `a line of another's source is evidence and never code`(_ line: String) throws {
      let event = SentryEvent.average(
        caller: "    \(line)", callerVariables: ["payload": ["total": "10"], "total": "10"])
      try expectHarmless(event.text)
      var top = event
      top.frames.removeLast()
      try expectHarmless(top.text)
    }

    @Test(arguments: [
      "tiny.prices:os.system", "os.system", "average(__import__('os').system('touch PWNED'))",
      "<lambda>", "__init__", "average\nimport os", "",
    ])
    func `names of functions and modules are no code`(_ name: String) throws {
      var event = SentryEvent.average()
      event.frames[1].function = name
      event.frames[1].module = name
      try expectHarmless(event.text, among: [10, 11, 64])
    }

    @Test(arguments: [
      "--output=PWNED", "-", "../../x", "HEAD; touch PWNED", "$(touch PWNED)", "NUL",
      "refs/heads/main@{upstream}", ":/the code", "a..b", "tiny@1.0 ", "@{-1}", "^main",
    ])
    func `a release is a name and never an option`(_ release: String) throws {
      let event = SentryEvent.average().json
      let text = JSON.object(
        (event.members ?? []) + [.init("release", .string(release.replacing("NUL", with: "\u{0}")))]
      )
      try expectHarmless(text.text(.compact), among: [10, 11])
    }

    /// A clear end; nothing that the event says is run, neither in the sandbox nor without one, nor
    /// stands as code in the test.
    private func expectHarmless(_ event: String, among statuses: [Int32] = [10, 11, 64]) throws {
      for sandbox in ["bubblewrap", "none"] {
        let checkout = try Checkout()
        let before = try checkout.folder.contents(of: "tiny")
        let trap = event.replacing("PWNED", with: "\(checkout.folder.path)/PWNED")
        let said = try checkout.fix(trap, ["--no-ship", "--sandbox", sandbox])
        #expect(statuses.contains(said.status), "\(said.status) \(said.talk)")
        #expect(try !checkout.folder.contents().keys.contains { $0.hasSuffix("PWNED") })
        #expect(try checkout.folder.contents(of: "tiny") == before)
        guard [10, 11].contains(said.status) else { continue }
        let source = try said.report()["test"]?["source"]?.text ?? ""
        let code = try Literals.removed(from: source)
        for word in ["PWNED", "system", "__import__", "exec", "eval", "__class__", "open"] {
          #expect(!code.contains(word), "`\(word)` stands in the test's code")
        }
      }
    }
  }
}

import Foundation
import Testing

@testable import Sandboxing

/// Other users, no confinement, and trusted programs.
@Suite struct ModeTests {
  @Test func `a plain user can run it too and its processes are counted`() async {
    await #expect(processExitsWith: .success) {
      if geteuid() == 0 {
        guard setgroups(0, nil) == 0, setgid(65534) == 0, setuid(65534) == 0 else { exit(1) }
      }
      let source = """
        import os, time
        print(os.getuid(), os.path.exists("/root"), flush=True)
        try:
            for _ in range(200):
                if os.fork() == 0:
                    time.sleep(60)
        except OSError:
            print("counted")
        """
      let script = Script()
      let completion = try script.run(source, limits: Limits(processes: 40))
      #expect(script.survivors() == [])
      #expect(String(decoding: completion.output, as: UTF8.self) == "65534 False\ncounted\n")
      #expect(Sandbox.diagnosis.canRun)
      let greedy = "kept = []\nwhile True: kept.append(bytearray(1 << 24))"
      let ending = try script.run(greedy, limits: Limits(memoryBytes: 256 << 20)).ending
      #expect(ending == (Sandbox.diagnosis.memory == .eachProcess ? .exited(1) : .memory))
      let faithful = completion.ending == .exited(0) && Sandbox.diagnosis.canRun
      exit(faithful && script.survivors().isEmpty ? 0 : 1)
    }
  }

  @Test func `a limit above this process's own is lowered to it`() async {
    await #expect(processExitsWith: .success) {
      let lowering = try HostProcess.run(
        executable: "/usr/bin/prlimit", arguments: ["--pid=\(getpid())", "--nofile=300:300"],
        environment: [:], directory: "/")
      guard lowering.succeeded else { exit(2) }
      if geteuid() == 0 {
        guard setgroups(0, nil) == 0, setgid(65534) == 0, setuid(65534) == 0 else { exit(1) }
      }
      let script = Script()
      let source = "import resource; print(resource.getrlimit(resource.RLIMIT_NOFILE))"
      let answer = try script.answer(source)
      #expect(answer == "(300, 300)")
      exit(answer == "(300, 300)" ? 0 : 1)
    }
  }

  @Test func `without confinement the limits hold and nothing is left`() throws {
    var script = Script()
    script.sandbox.mode = .none
    let sleeper = """
      import os, time
      if os.fork() == 0:
          os.setsid()
          if os.fork() == 0:
              time.sleep(60)
          os._exit(0)
      os.wait()
      print(os.environ["GIVEN"], os.getcwd(), "HOME" in os.environ)
      """
    let completion = try script.run(sleeper, environment: ["GIVEN": "a\n'b'"])
    #expect(completion.ending == .exited(0))
    #expect(String(decoding: completion.output, as: UTF8.self) == "a\n'b' /tmp False\n")
    #expect(script.survivors() == [])
    let spin = try script.run("while True: pass", limits: Limits(cpuSeconds: 1))
    #expect(spin.ending == .cpuTime)
    let sleep = try script.run("import time; time.sleep(60)", limits: Limits(wallSeconds: 0.3))
    #expect(sleep.ending == .wallTime)
    #expect(try script.run("raise SystemExit(200)").ending == .exited(200))
  }

  @Test func `a trusted program gets its input, its directory and its environment`() throws {
    let completion = try HostProcess.run(
      executable: "/bin/sh", arguments: ["-c", "cat; pwd; echo \"$NAME\"; echo bad >&2; exit 3"],
      environment: ["NAME": "x y"], directory: "/usr", input: Array("in\n".utf8))
    #expect(completion.ending == .exited(3))
    #expect(String(decoding: completion.output, as: UTF8.self) == "in\n/usr\nx y\n")
    #expect(String(decoding: completion.errors, as: UTF8.self) == "bad\n")
    let sleeper = try HostProcess.run(
      executable: "/bin/sleep", arguments: ["60"], environment: [:], directory: "/",
      limits: Limits(wallSeconds: 0.2))
    #expect(sleeper.ending == .wallTime)
  }

  @Test func `a program that does not exist is named`() {
    #expect(throws: SandboxError.notLaunched(program: "/no/program", number: ENOENT)) {
      try HostProcess.run(
        executable: "/no/program", arguments: [], environment: [:], directory: "/")
    }
  }
}

import Foundation
import Testing

@testable import Sandboxing

/// Programs that want too much, or will not go.
@Suite(.serialized) struct LimitTests {
  let script = Script()
  let short = Limits(cpuSeconds: 20, wallSeconds: 3, memoryBytes: 512 << 20, processes: 40)

  /// Runs it, and expects that it is really gone.
  private func run(_ source: String, limits: Limits) throws -> Completion {
    let completion = try script.run(source, limits: limits)
    #expect(script.survivors() == [])
    return completion
  }

  @Test func `a fork bomb ends with the wall time at the latest`() throws {
    let source = """
      import os
      while True:
          try:
              os.fork()
          except OSError:
              pass
      """
    #expect(try run(source, limits: short).ending == .wallTime)
  }

  @Test func `processes are counted`() throws {
    try #require(Sandbox.diagnosis.processes != .unlimited)
    let source = """
      import os, time
      count = 0
      try:
          while count < 200:
              if os.fork() == 0:
                  time.sleep(60)
              count += 1
      except OSError:
          pass
      print(30 < count < 40)
      """
    let completion = try run(source, limits: short)
    #expect(String(decoding: completion.output, as: UTF8.self) == "True\n")
  }

  @Test func `a sleeper in a session of its own goes with its parent`() throws {
    let source = """
      import os, sys, time
      if os.fork() == 0:
          os.setsid()
          if os.fork() == 0:
              for descriptor in (0, 1, 2):
                  os.close(descriptor)
              time.sleep(60)
          os._exit(0)
      os.wait()
      """
    for _ in 0..<5 { #expect(try run(source, limits: short).ending == .exited(0)) }
  }

  @Test func `a sleeper past its time is ended`() throws {
    let limits = Limits(wallSeconds: 0.5)
    #expect(try run("import time; time.sleep(60)", limits: limits).ending == .wallTime)
    let silent = "import os, time; os.close(1); os.close(2); time.sleep(60)"
    #expect(try run(silent, limits: limits).ending == .wallTime)
    let deaf = "import signal, time; signal.pthread_sigmask(0, range(1, 64)); time.sleep(60)"
    #expect(try run(deaf, limits: limits).ending == .wallTime)
  }

  @Test func `the time may run out before the program has begun`() throws {
    for milliseconds in [0.0, 1, 2, 3, 5, 8, 13] {
      let limits = Limits(wallSeconds: milliseconds / 1000)
      #expect(try run("import time; time.sleep(60)", limits: limits).ending == .wallTime)
    }
  }

  @Test func `allocating without end is ended for its memory`() throws {
    let source = "kept = []\nwhile True: kept.append(bytearray(1 << 24))"
    let completion = try run(source, limits: Limits(memoryBytes: 256 << 20))
    if Sandbox.diagnosis.memory == .eachProcess {
      #expect(completion.ending == .exited(1))
      #expect(String(decoding: completion.errors, as: UTF8.self).contains("MemoryError"))
    } else {
      #expect(completion.ending == .memory)
    }
  }

  @Test func `a folder in memory is bounded`() throws {
    var script = script
    script.sandbox.temporaryBytes = 1 << 20
    let source = """
      for path in ["/tmp/x", "/dev/shm/x", "/home/sandbox/x"]:
          try:
              open(path, "wb").write(bytes(1 << 21))
          except OSError as error:
              print(error.errno)
      """
    #expect(try script.answer(source) == "28\n28\n28")
  }

  @Test func `ten gigabytes of output are cut at the limit`() throws {
    let source = """
      import os, sys
      block = b"x" * (1 << 20)
      for _ in range(10 * 1024):
          os.write(int(sys.argv[2]) if len(sys.argv) > 2 else 1, block)
      """
    let limits = Limits(wallSeconds: 60, outputBytes: 1 << 20)
    let completion = try run(source, limits: limits)
    #expect(completion.ending == .outputLimit)
    #expect(completion.output.count == 1 << 20)
    let errors = try run(source.replacing("else 1", with: "else 2"), limits: limits)
    #expect(errors.ending == .outputLimit)
    #expect(errors.errors.count == 1 << 20)
  }

  @Test func `output of exactly the limit is whole`() throws {
    let completion = try run("print('x' * 1023)", limits: Limits(outputBytes: 1024))
    #expect(completion.ending == .exited(0))
    #expect(completion.output.count == 1024)
  }

  @Test func `a huge file is refused`() throws {
    let source = """
      import signal
      signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
      with open("/tmp/huge", "wb") as file:
          while True:
              file.write(bytes(1 << 20))
      """
    let ending = try run(source, limits: Limits(fileBytes: 4 << 20)).ending
    #expect(ending == .signalled(SIGXFSZ))
  }

  @Test func `two hundred thousand open files are refused`() throws {
    let source = """
      kept = []
      try:
          for _ in range(200000):
              kept.append(open("/dev/null"))
      except OSError as error:
          print(error.errno, len(kept) < 1024)
      """
    let completion = try run(source, limits: Limits())
    #expect(String(decoding: completion.output, as: UTF8.self) == "24 True\n")
  }

  @Test func `spinning ends with the processor time`() throws {
    let limits = Limits(cpuSeconds: 1, wallSeconds: 60)
    #expect(try run("while True: pass", limits: limits).ending == .cpuTime)
    let deaf = "import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass"
    #expect(try run(deaf, limits: limits).ending == .cpuTime)
  }

  @Test func `an exit code and a signal are told as they were`() throws {
    #expect(try run("raise SystemExit(7)", limits: short).ending == .exited(7))
    let signal = "import os; os.kill(os.getpid(), 11)"
    #expect(try run(signal, limits: short).ending == .signalled(SIGSEGV))
  }

  @Test func `input reaches a program that answers while it reads`() throws {
    let input = [UInt8]((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    let source = "import shutil, sys; shutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)"
    #expect(try script.run(source, input: input).output == input)
  }

  @Test func `a program that does not read its input harms nobody`() throws {
    let completion = try script.run("pass", input: [UInt8](repeating: 65, count: 1 << 20))
    #expect(completion.ending == .exited(0))
  }

  @Test func `a control group goes with its run, whoever is still in it`() throws {
    guard let group = ControlGroup.make(limits: short) else { return }
    let joining = group.joining + ["/bin/sleep", "60"]
    let sleeper = Process()
    sleeper.executableURL = URL(fileURLWithPath: joining[0])
    sleeper.arguments = Array(joining.dropFirst())
    try sleeper.run()
    while !group.members.contains(sleeper.processIdentifier) { usleep(1000) }
    group.remove()
    sleeper.waitUntilExit()
    #expect(sleeper.terminationStatus == SIGKILL)
    for folder in [group.memory, group.processes].compactMap({ $0 }) {
      #expect(!FileManager.default.fileExists(atPath: folder))
    }
  }

  @Test func `when this process is killed its sandboxes die with it`() async throws {
    await #expect(processExitsWith: .signal(SIGKILL)) { [mark = script.mark as String] in
      var script = Script()
      script.mark = mark
      let source = "import time; print('up', flush=True); time.sleep(60)"
      let process = try script.sandbox.start(script.command(source))
      let line = try process.receiveLine(deadline: 20)
      #expect(line == Array("up".utf8))
      kill(getpid(), SIGKILL)
    }
    for _ in 0..<500 where !script.survivors().isEmpty { usleep(10_000) }
    #expect(script.survivors() == [])
    ControlGroupParent.usable?.removeLeftovers()
  }
}

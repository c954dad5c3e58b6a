import Foundation
import Testing

@testable import Sandboxing

@Suite struct ConversationTests {
  let script = Script()

  private func start(_ source: String, limits: Limits = Limits()) throws -> SandboxedProcess {
    try script.sandbox.start(script.command(source), limits: limits)
  }

  private static let echo = """
    import sys
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(line[::-1].strip() + b"\\n")
        sys.stdout.buffer.flush()
    """

  @Test func `each line gets its answer`() throws {
    let process = try start(ConversationTests.echo)
    for word in ["abc", "", "é\u{0}\r"] {
      try process.send(Array(word.utf8))
      let answer = try process.receiveLine(deadline: 20)
      let line = Array(word.utf8.reversed())
      #expect(answer.map { Array($0) } == Array(line.drop { $0 == 13 }))
    }
    #expect(process.finish(deadline: 20) == .exited(0))
    #expect(try process.receiveLine(deadline: 1) == nil)
    #expect(throws: SandboxError.ended) { try process.send([]) }
    #expect(script.survivors() == [])
  }

  @Test func `a line of ten megabytes goes there and comes back`() throws {
    let process = try start(ConversationTests.echo)
    let line = [UInt8](repeating: 97, count: 10 << 20) + [98]
    try process.send(line)
    #expect(try process.receiveLine(deadline: 60) == line.reversed())
    try process.send(Array("short".utf8))
    #expect(try process.receiveLine(deadline: 20) == Array("trohs".utf8))
  }

  @Test func `many lines at once come one by one`() throws {
    let process = try start("for number in range(5000): print(number)\nprint('end', end='')")
    for number in 0..<5000 {
      #expect(try process.receiveLine(deadline: 20) == Array(String(number).utf8))
    }
    #expect(try process.receiveLine(deadline: 20) == Array("end".utf8))
    #expect(try process.receiveLine(deadline: 20) == nil)
  }

  @Test func `a program that dies half-way is told by its end`() throws {
    let process = try start("import os; input(); print('one', flush=True); os.kill(os.getpid(), 9)")
    try process.send([])
    #expect(try process.receiveLine(deadline: 20) == Array("one".utf8))
    #expect(try process.receiveLine(deadline: 20) == nil)
    #expect(process.finish(deadline: 20) == .signalled(SIGKILL))
    #expect(throws: SandboxError.ended) {
      for _ in 0..<3 { try process.send([UInt8](repeating: 65, count: 1 << 20)) }
    }
  }

  @Test func `sending to a program that died does not kill us`() throws {
    let process = try start("import os; os.close(0); print('deaf', flush=True); input()")
    #expect(try process.receiveLine(deadline: 20) == Array("deaf".utf8))
    #expect(throws: SandboxError.ended) {
      for _ in 0..<3 { try process.send([UInt8](repeating: 65, count: 1 << 20)) }
    }
  }

  @Test func `a program that closes its output but lives gives no answer and is stopped`() throws {
    let process = try start(
      "import os, time; print('one', flush=True); os.close(1); time.sleep(60)")
    #expect(try process.receiveLine(deadline: 20) == Array("one".utf8))
    #expect(throws: SandboxError.noAnswer(seconds: 0.3)) { try process.receiveLine(deadline: 0.3) }
    #expect(script.survivors() != [])
    process.stop()
    #expect(try process.receiveLine(deadline: 20) == nil)
    #expect(script.survivors() == [])
  }

  @Test func `no answer in time is an error and the conversation can go on`() throws {
    let process = try start(
      "import sys, time; time.sleep(float(input())); print('late', flush=True); input()")
    try process.send(Array("1.5".utf8))
    #expect(throws: SandboxError.noAnswer(seconds: 0.1)) { try process.receiveLine(deadline: 0.1) }
    #expect(try process.receiveLine(deadline: 20) == Array("late".utf8))
  }

  @Test func `much on standard error blocks nothing and its end is kept`() throws {
    let process = try start(
      "import sys\nfor _ in range(20000): sys.stderr.write('x' * 99 + '\\n')\n"
        + "sys.stderr.write('last')\nsys.stderr.flush()\nprint('done')")
    #expect(try process.receiveLine(deadline: 20) == Array("done".utf8))
    #expect(process.finish(deadline: 20) == .exited(0))
    let errors = process.errors
    #expect(errors.count <= SandboxedProcess.keptErrors)
    #expect(errors.suffix(4) == Array("last".utf8)[...])
  }

  @Test func `whoever forgets a process ends it`() throws {
    do {
      let process = try start("print('here', flush=True)\nwhile True: pass")
      #expect(try process.receiveLine(deadline: 20) == Array("here".utf8))
    }
    #expect(script.survivors() == [])
  }

  @Test func `the thread that starts a process may end before it`() throws {
    final class Box: @unchecked Sendable { var process: SandboxedProcess? }
    let box = Box()
    let command = try script.command(ConversationTests.echo)
    let sandbox = script.sandbox
    let thread = Thread { box.process = try? sandbox.start(command) }
    thread.start()
    while !thread.isFinished { usleep(1000) }
    usleep(50_000)
    let process = try #require(box.process)
    try process.send(Array("ab".utf8))
    #expect(try process.receiveLine(deadline: 20) == Array("ba".utf8))
  }
}

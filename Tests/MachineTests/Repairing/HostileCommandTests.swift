import Foundation
import Testing

@testable import Repairing

/// Scripts that play hostile assistants: each ends with a clear result, and nothing of it is left.
@Suite(.serialized) struct HostileCommandTests {
  private static let mend =
    "open('shop/cart.py', 'w').write(\(String(reflecting: Assistant.fixed)))\n"

  private func objections(_ source: String, seconds: Int = 60) throws -> [CommandObjection] {
    let assistant = try Assistant()
    assistant.limits.seconds = seconds
    assistant.limits.tries = 1
    let result = try assistant.work("import os, sys, time\n\(source)")
    #expect(result.proposals.isEmpty)
    for objection in result.objections {
      #expect(objection.description.contains("\nhint: "))
    }
    return result.objections
  }

  private func changes(_ source: String) throws -> [String: String] {
    let assistant = try Assistant()
    assistant.limits.tries = 1
    let result = try assistant.work("import os, sys, time\n\(source)")
    return try #require(result.proposals.first, "\(result.objections)").changes
  }

  @Test func `sleeping for ever, a fork bomb and deafness end with the time`() throws {
    for source in [
      "time.sleep(1000)",
      "import signal; signal.pthread_sigmask(0, range(1, 64)); time.sleep(1000)",
      "while True:\n  try: os.fork()\n  except OSError: time.sleep(0.01)",
      "\(Self.mend)time.sleep(1000)",
    ] {
      #expect(try objections(source, seconds: 3) == [.noTime(seconds: 3)])
    }
  }

  @Test func `killing parents and leaving daemons leaves nothing`() throws {
    let changed = try changes(
      """
      import signal
      for victim in (1, os.getppid()):
          try: os.kill(victim, signal.SIGKILL)
          except (PermissionError, ProcessLookupError): pass
      if os.fork() == 0:
          os.setsid()
          if os.fork() == 0:
              for number in (0, 1, 2): os.close(number)
              time.sleep(1)
              open('shop/late.py', 'w').write('x')
              time.sleep(1000)
          os._exit(0)
      \(Self.mend)
      """)
    #expect(changed == ["shop/cart.py": Assistant.fixed])
  }

  @Test func `filling the disk is ended, whether by size or by number`() throws {
    let assistant = try Assistant()
    assistant.limits.treeBytes = 64 << 20
    assistant.limits.fileBytes = 16 << 20
    assistant.limits.files = 2000
    assistant.limits.tries = 1
    let big = "n = 0\nwhile True:\n  n += 1\n  open(f'big{n}', 'wb').write(b'x' * (8 << 20))"
    #expect(try assistant.work(big).objections == [.tooMuchDisk(bytes: 64 << 20)])
    let many = "n = 0\nwhile True:\n  n += 1\n  open(f'f{n}', 'w').close()"
    #expect(try assistant.work(many).objections == [.tooManyFiles(2000)])
    let deep =
      "import os\nfor n in range(3000):\n  os.mkdir('d')\n  os.chdir('d')\nos.chmod('.', 0)"
    #expect(try assistant.work(deep).objections == [.tooManyFiles(2000)])
    #expect(
      try objections("open('one', 'wb').write(b'x' * (2 << 20))") == [
        .tooLarge("one", bytes: 1 << 20)
      ])
    #expect(try objections("while True: print('x' * 100000)") == [.tooMuchOutput])
  }

  @Test func `links, pipes, sockets and bytes are no proposal`() throws {
    for (source, path, kind) in [
      ("os.symlink('/etc/passwd', 'shop/link.py')", "shop/link.py", "a symbolic link"),
      (
        "os.remove('shop/cart.py'); os.symlink('/etc/passwd', 'shop/cart.py')", "shop/cart.py",
        "a symbolic link"
      ), ("os.mkfifo('shop/pipe')", "shop/pipe", "a named pipe"),
      (
        "import socket; socket.socket(socket.AF_UNIX).bind('shop/s')", "shop/s", "a socket"
      ),
    ] {
      #expect(try objections(Self.mend + source) == [.noPlainFile(path, kind: kind)])
    }
    #expect(try objections("open('x.py', 'wb').write(b'\\xff')") == [.notText("x.py")])
    #expect(try objections("open('x.py', 'wb').write(b'a\\0')") == [.notText("x.py")])
  }

  @Test func `a folder that became a link is not followed`() throws {
    let said = try objections("os.rename('shop', 'shop2'); os.symlink('/etc', 'shop')")
    #expect(said == [.removed("shop/__init__.py")])
    let beside = try objections("\(Self.mend)os.symlink('/etc', 'shop/etc')")
    #expect(beside == [.noPlainFile("shop/etc", kind: "a symbolic link")])
  }

  @Test func `editing or deleting the failing test is no fix, and beside one it does not count`()
    throws
  {
    let edit = "open('\(Assistant.testPath)', 'w').write('def test_average(): pass\\n')\n"
    let delete = "os.remove('\(Assistant.testPath)')\n"
    #expect(try objections(edit) == [.onlyTheTest])
    #expect(try objections(delete) == [.onlyTheTest])
    #expect(try changes(edit + Self.mend) == ["shop/cart.py": Assistant.fixed])
    #expect(try changes(delete + Self.mend) == ["shop/cart.py": Assistant.fixed])
  }

  @Test func `deleting other tests is refused, and what steers the suite is shown to the judge`()
    throws
  {
    #expect(
      try objections("\(Self.mend)os.remove('tests/test_old.py')") == [
        .removed("tests/test_old.py")
      ])
    let changed = try changes(
      """
      open('tests/conftest.py', 'w').write('collect_ignore = ["test_average.py"]\\n')
      open('sitecustomize.py', 'w').write('import sys\\n')
      open('.hidden', 'w').write('x\\n')
      """)
    #expect(Set(changed.keys) == ["tests/conftest.py", "sitecustomize.py", ".hidden"])
  }

  @Test func `nothing outside of the tree is read or written, and there is no network`() throws {
    let changed = try changes(
      """
      import socket
      seen = []
      for path in ('/root', '/home', '/etc/shadow', os.path.expanduser('~/.ssh'), '/proc/1/environ'):
          try: seen.append((path, os.listdir(path) if os.path.isdir(path) else open(path).read()))
          except OSError: seen.append((path, None))
      for path in ('/usr/x', '/etc/x', '/run/nevermore/evidence.json', sys.prefix + '/x'):
          try: open(path, 'w').write('x'); seen.append((path, 'written'))
          except OSError: pass
      try: socket.create_connection(('192.0.2.1', 80), 2); seen.append('network')
      except OSError: pass
      open('seen.txt', 'w').write(repr(seen))
      """)
    let seen = try #require(changed["seen.txt"])
    #expect(!seen.contains("written") && !seen.contains("network"), "\(seen)")
    #expect(!seen.contains("authorized_keys") && !seen.contains("PATH="), "\(seen)")
  }

  @Test func `names that steer a terminal are made harmless in what is said`() throws {
    let said = try objections("os.symlink('/', 'a\\x1b[31m\\nb')")
    #expect(said.count == 1)
    #expect(said[0].description.split(separator: "\n").count == 2)
    #expect(!said[0].description.contains("\u{1b}"))
  }
}

import Foundation
import Testing

@testable import Sandboxing

@Suite struct ConfinementTests {
  @Test func `the diagnosis of a machine that can is that it can`() {
    #expect(Sandbox.diagnosis.canRun, "\(Sandbox.diagnosis)")
  }

  @Test func `there is no network but the loopback`() throws {
    let source = """
      import socket
      server = socket.create_server(("127.0.0.1", 0))
      socket.create_connection(server.getsockname(), 5).close()
      try:
          socket.create_connection(("192.0.2.1", 80), 5)
          print("connected")
      except OSError as error:
          print(error.errno)
      print([name for _, name in socket.if_nameindex()])
      """
    #expect(try Script().answer(source) == "101\n['lo']")
  }

  @Test func `neither this machine's home nor its secrets are visible`() throws {
    let home = FileManager.default.homeDirectoryForCurrentUser.path
    let source = """
      import os
      for path in ["/etc/shadow", "/root", "/sys", "/var/lib", "\(home)"]:
          try:
              print(path, (os.listdir if os.path.isdir(path) else open)(path))
          except OSError:
              pass
      print(repr(open("/proc/1/environ").read()))
      print(sorted(os.listdir("/home")), os.listdir("/home/sandbox"), os.getuid(), os.getgid())
      print([line for line in open("/proc/self/status") if line.startswith("CapEff")][0].split()[1])
      """
    #expect(
      try Script().answer(source) == "'PWD=/\\x00'\n['sandbox'] [] 65534 65534\n0000000000000000")
  }

  @Test func `the environment is what the command gives and nothing else`() throws {
    let source = "import os; os.environ.pop('LC_CTYPE', 0); print(sorted(os.environ))"
    #expect(try Script().answer(source) == "['PWD']")
    let value = "a \"quoted\" $(id) `id`\n'second' line\\ ; é \u{1}"
    let given = try Script().run(
      "import os, sys; sys.stdout.write(os.environ['ODD.NAME'])", environment: ["ODD.NAME": value])
    #expect(String(decoding: given.output, as: UTF8.self) == value)
  }

  @Test func `only the three standard descriptors reach the program`() throws {
    let leak = open("/etc/hostname", O_RDONLY)
    defer { close(leak) }
    let source = "import os; print(sorted(map(int, os.listdir('/proc/self/fd')))[:-1])"
    #expect(try Script().answer(source) == "[0, 1, 2]")
  }

  @Test func `writing outside the private mounts fails`() throws {
    let folder = try TemporaryFolder()
    try folder.write("kept", to: "file")
    var script = Script()
    script.sandbox.readOnly = [Mount(folder.path)]
    let source = """
      import os
      for path in ["/x", "/usr/x", "/etc/x", "/dev/x", "/home/x", "/proc/sys/kernel/core_pattern",
                   "\(folder.path)/file", "\(folder.path)/new"]:
          try:
              open(path, "w").write("changed")
              print(path)
          except OSError:
              pass
      for path in ["/tmp/x", "/home/sandbox/x", "/dev/shm/x"]:
          open(path, "w").write("fine")
      """
    #expect(try script.answer(source) == "")
    #expect(folder.read("file") == "kept")
  }

  @Test func `the private tree lies at the checkout's path and the original stays as it is`() throws
  {
    let checkout = try TemporaryFolder()
    let copy = try TemporaryFolder()
    try checkout.write("original", to: "module")
    try copy.write("copy", to: "module")
    var script = Script()
    script.sandbox.writable = [Mount(copy.path, at: checkout.path)]
    script.sandbox.readOnly = [Mount(NSTemporaryDirectory()), Mount(checkout.path)]
    let source = """
      print(open("module").read())
      open("module", "w").write("changed")
      """
    #expect(try script.answer(source, directory: checkout.path) == "copy")
    #expect(checkout.read("module") == "original")
    #expect(copy.read("module") == "changed")
  }

  @Test func `a mount that does not exist is an error that names it`() throws {
    var script = Script()
    script.sandbox.readOnly = [Mount("/no/such/folder")]
    #expect(throws: SandboxError.missingMount("/no/such/folder")) { try script.run("") }
  }

  @Test func `what bubblewrap cannot build is an error in its own words`() throws {
    var script = Script()
    script.sandbox.readOnly = [Mount("/etc/hostname", at: "/usr/no/such/place")]
    let error = try #require(throws: SandboxError.self) { try script.run("") }
    #expect(error.description.contains("bwrap:"), "\(error)")
    let process = try script.sandbox.start(script.command(""))
    #expect(throws: SandboxError.self) { try process.receiveLine(deadline: 10) }
  }

  @Test(arguments: [["python3"], [], ["/bin/true", "a\0b"]])
  func `a command that the kernel would read otherwise is refused`(arguments: [String]) {
    #expect(throws: SandboxError.self) { try Sandbox().run(Command(arguments: arguments)) }
  }
}

import Failures
import Languages
import Testing

@testable import PythonTarget

struct ExceptionTableTests {
  @Test(arguments: [
    ("OperationalError", "database is locked", ExceptionNature.dependency),
    ("OperationalError", "FATAL: sorry, too many clients already", .dependency),
    ("OperationalError", "deadlock detected", .dependency),
    ("OperationalError", "could not translate host name \"db\" to address", .network),
    ("OperationalError", "unable to open database file", .configuration),
    ("OperationalError", "FATAL:  password authentication failed for user \"x\"", .configuration),
    ("OperationalError", "FATAL:  database \"shop\" does not exist", .configuration),
    ("OperationalError", "no such table: refunds", .schema),
    ("ProgrammingError", "relation \"refunds\" does not exist", .schema),
    ("OperationalError", "near \"FROM\": syntax error", .other),
    ("ProgrammingError", "function now2() does not exist", .other),
    ("OperationalError", "database or disk is full", .storage),
    ("OSError", "[Errno 28] No space left on device", .storage),
    ("OSError", "[Errno 24] Too many open files: 'x'", .descriptors),
    ("OSError", "[Errno 12] Cannot allocate memory", .memory),
    ("RuntimeError", "can't start new thread", .memory),
    ("OSError", "[Errno 98] Address already in use", .permission),
    ("PermissionError", "[Errno 13] Permission denied: 'x'", .permission),
    ("PermissionError", "not your ledger", .refusal),
    ("gaierror", "[Errno -2] Name or service not known", .network),
    ("URLError", "<urlopen error [Errno 111] Connection refused>", .network),
    ("URLError", "<urlopen error unknown url type: htp>", .other),
    ("HTTPError", "503 Server Error: Service Unavailable for url: x", .dependency),
    ("HTTPError", "HTTP Error 502: Bad Gateway", .dependency),
    ("ConnectionError", "Pool(host='x', port=42929): refused", .network),
    ("ConnectionError", "Pool(host='x', port=503): refused", .network),
    ("ConnectionError", "answered 503", .dependency),
    ("HTTPError", "404 Client Error: Not Found for url: x", .other),
    ("HTTPStatusError", "Server error '503 Service Unavailable' for url 'x'", .dependency),
    ("RecursionError", "maximum recursion depth exceeded", .depth),
    ("ModuleNotFoundError", "No module named 'x'", .missingModule),
    ("ImportError", "cannot import name 'x' from partially initialized module 'y'", .other),
    ("ValueError", "invalid literal for int() with base 10: ''", .conversion),
    (
      "ValueError", "Exceeds the limit (4300 digits) for integer string conversion", .excessiveInput
    ),
    ("KeyError", "'x'", .missingKey), ("IndexError", "list index out of range", .missingPosition),
    ("TypeError", "'NoneType' object is not subscriptable", .nothing),
    ("TypeError", "unsupported operand type(s) for -: 'int' and 'str'", .other),
    ("ImproperlyConfigured", "The SECRET_KEY setting must not be empty.", .configuration),
    ("ImproperlyConfigured", "ListView is missing a QuerySet.", .other),
    ("SystemExit", "2", .usage), ("SystemExit", "1", .cancelled),
  ])
  func `type and message tell what an exception is about`(
    type: String, message: String, nature: ExceptionNature
  ) {
    #expect(ExceptionTable.nature(ExceptionRecord(type: type, message: message)) == nature)
  }

  @Test(arguments: [
    ("django.core.exceptions", ExceptionNature.rejectedInput), ("docker.errors", .other),
  ])
  func `a name that frameworks use means theirs only in a framework`(
    module: String, nature: ExceptionNature
  ) {
    let record = ExceptionRecord(type: "NotFound", module: module, message: "x")
    #expect(ExceptionTable.nature(record) == nature)
  }

  @Test(arguments: [
    ("socketserver.py", "self.finish()", ExceptionNature.clientGone),
    ("http/client.py", "self.sock.sendall(data)", .network),
    ("urllib3/connection.py", "x", .network), ("gunicorn/http/wsgi.py", "x", .clientGone),
    ("nothing.py", "x", .clientGone),
  ])
  func `a broken pipe is a client's or a service's, as the frames show`(
    file: String, line: String, nature: ExceptionNature
  ) {
    let frame = Frame(file: file, function: "f", line: 1, sourceLine: line)
    let record = ExceptionRecord(type: "BrokenPipeError", message: "[Errno 32]", frames: [frame])
    #expect(ExceptionTable.nature(record) == nature)
  }

  @Test(arguments: [
    ("socketserver.py", "self.request.sendall(line)", [], ExceptionNature.clientGone),
    ("http/server.py", "self.connection.send(line)", [], .clientGone),
    ("socketserver.py", "self.upstream.sendall(line)", [], .network),
    ("socketserver.py", "request.sendall(x)", ["request = socket.create_connection(a)"], .network),
    ("shop.py", "self.request.sendall(line)", [], .network),
    ("shop.py", "peer.sendall(line)", ["peer, address = server.accept()"], .clientGone),
    ("shop.py", "peer.sendall(line)", ["other, address = server.accept()"], .network),
    ("shop.py", "await writer.drain()", [], .clientGone),
    (
      "shop.py", "await writer.drain()", ["reader, writer = await asyncio.open_connection(a)"],
      .network
    ),
  ])
  func `a reset is a client's where the connection was accepted`(
    above: String, line: String, before: [String], nature: ExceptionNature
  ) {
    let server = Frame(file: above, function: "serve", line: 1)
    let own = Frame(
      file: "shop/feed.py", function: "push", line: 9, linesBefore: before, sourceLine: line,
      origin: .repository("shop/feed.py"))
    let record = ExceptionRecord(
      type: "ConnectionResetError", message: "[Errno 104]", frames: [server, own])
    #expect(ExceptionTable.nature(record) == nature)
  }

  @Test func `a decoder that goes too deep is not the code that recurses`() {
    func nature(calls: Int) -> ExceptionNature {
      let own = Frame(file: "a.py", function: "walk", line: 1, origin: .repository("a.py"))
      let decoder = Frame(file: "json/decoder.py", function: "decode", line: 1)
      return ExceptionTable.nature(
        ExceptionRecord(
          type: "RecursionError", message: "maximum recursion depth exceeded",
          frames: Array(repeating: own, count: calls) + [decoder]))
    }
    #expect(nature(calls: 1) == .excessiveInput)
    #expect(nature(calls: 300) == .depth)
  }

  @Test(arguments: [
    ("openpyxl==3.1.5", "openpyxl", "openpyxl", "3.1.5"), ("Pillow>=10", "PIL", "Pillow", nil),
    ("  \"PyYAML ~= 6.0\",", "yaml", "PyYAML", nil),
    ("redis[hiredis]==5.0.1 ; x", "redis", "redis", "5.0.1"),
    ("python-dateutil", "dateutil.parser", "python-dateutil", nil),
  ])
  func `lists of dependencies are read by the module that a package provides`(
    line: String, module: String, package: String, version: String?
  ) throws {
    let lists = DependencyLists { text in
      line.contains(text) ? [SourceMatch(path: "requirements.txt", line: 4, text: line)] : []
    }
    let found = try #require(try lists.dependencies(providing: module).first)
    #expect(found.package == package && found.exactVersion == version)
    #expect(found.place.line == 4)
  }

  @Test(arguments: ["openpyxl-stubs==1", "# openpyxl==3", "my_openpyxl==1"])
  func `a package of another name asks for another module`(line: String) throws {
    let lists = DependencyLists { _ in
      [SourceMatch(path: "requirements.txt", line: 4, text: line)]
    }
    #expect(try lists.dependencies(providing: "openpyxl").isEmpty)
  }
}

import Foundation
import Interchange
import Testing

extension EndToEnd {
  /// The daemon, with the real sentry-sdk.
  struct ServeTests {
    private static let client = """
      import sys

      import sentry_sdk

      sentry_sdk.init(dsn=sys.argv[1])
      from tiny.prices import average

      for number in range(int(sys.argv[2])):
          try:
              average(number, 0)
          except ZeroDivisionError:
              print(sentry_sdk.capture_exception())
      sentry_sdk.flush()

      """
    /// Sends a body, and prints the status and the answer.
    private static let post = """
      import sys, urllib.error, urllib.parse, urllib.request

      dsn, key, form, body = sys.argv[1:]
      parts = urllib.parse.urlsplit(dsn)
      request = urllib.request.Request(
          f"http://{parts.hostname}:{parts.port}/api{parts.path}/{form}/", data=body.encode(),
          headers={"X-Sentry-Auth": "Sentry sentry_key=" + (key or parts.username)})
      try:
          with urllib.request.urlopen(request) as answer:
              print(answer.status, answer.read().decode())
      except urllib.error.HTTPError as error:
          print(error.code, error.read().decode())

      """

    private func shop() throws -> Checkout {
      let interpreter = try Environments.interpreter("shop")
      var files = Checkout.tiny
      files["nevermore.yaml"] = "python:\n  interpreter: \(interpreter)\n"
      files["client.py"] = Self.client
      files["post.py"] = Self.post
      return try Checkout(files)
    }

    private func python(_ checkout: Checkout, _ words: [String]) throws -> [String] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try Environments.interpreter("shop"))
      process.arguments = ["-B"] + words
      process.currentDirectoryURL = URL(fileURLWithPath: checkout.path)
      process.environment = ["PATH": "/usr/bin:/bin", "PYTHONPATH": checkout.path]
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardError = FileHandle.nullDevice
      try process.run()
      let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return output.split(separator: "\n").map(String.init)
    }

    @Test func `what a real client reports becomes a branch, once, however often it is reported`()
      throws
    {
      let checkout = try shop()
      let daemon = try RunningDaemon(data: "\(checkout.folder.path)/data")
      let dsn = try daemon.add("tiny", checkout)
      let sent = try python(checkout, ["client.py", dsn, "8"])
      let failures = try daemon.settled()
      #expect(failures.count == 1)
      #expect(failures.first?["exception"]?.text == "ZeroDivisionError")
      #expect(failures.first?["events"]?.integer == 8)
      let branch = try #require(failures.first?["branch"]?.text)
      #expect(
        try checkout.git(["branch", "--list", "nevermore/*"]).split(separator: "\n").count == 1)
      #expect(try checkout.git(["log", "--format=%s", branch]).contains("Test ZeroDivisionError"))
      let events = try daemon.list("events")
      #expect(Set(events.compactMap { $0["eventID"]?.text }) == Set(sent))
      #expect(events.compactMap { $0["outcome"]?.text }.count { $0 == "opened" } == 1)
      #expect(daemon.terminate() == 0)
    }

    @Test func `what was acknowledged is there after the daemon was killed`() throws {
      let checkout = try shop()
      let data = "\(checkout.folder.path)/data"
      let daemon = try RunningDaemon(data: data)
      let dsn = try daemon.add("tiny", checkout)
      let sent = try python(checkout, ["client.py", dsn, "5"])
      daemon.kill()
      let again = try RunningDaemon(data: data)
      let failures = try again.settled()
      #expect(failures.count == 1 && failures.first?["branch"]?.text != nil)
      #expect(
        Set(sent).isSubset(of: Set(try again.list("events").compactMap { $0["eventID"]?.text })))
    }

    @Test func `a sender is told what was wrong with what it sent, and it is never our fault`()
      throws
    {
      let checkout = try shop()
      let daemon = try RunningDaemon(data: "\(checkout.folder.path)/data")
      let dsn = try daemon.add("tiny", checkout)
      func status(_ key: String, _ form: String, _ body: String) throws -> String? {
        try python(checkout, ["post.py", dsn, key, form, body]).first.map { String($0.prefix(3)) }
      }
      let event = #"{"event_id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","exception":{"values":[]}}"#
      #expect(try status("", "store", event) == "200")
      #expect(try status("", "store", event) == "200")
      #expect(try status("", "store", "no event at all") == "400")
      #expect(try status("", "envelope", "{}\n{\"type\":\"session\"}\n{}\n") == "200")
      #expect(try status("0123456789abcdef0123456789abcdef", "store", event) == "403")
      let deep = String(repeating: "[", count: 100_000)
      #expect(try status("", "store", deep) == "400")
      #expect(try daemon.list("events").count == 1)
    }
  }
}

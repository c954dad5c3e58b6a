import Foundation
import Interchange

/// The real program as a daemon, with a project whose cases nobody wants, so that intake alone is at work.
final class RunningDaemon {
  struct Silent: Error { var talk: String }

  /// The folder as its commands name it.
  let data: String
  /// The folder as files are found in it from outside of the daemon's namespaces.
  let visible: String
  let port: Int
  let key: String
  private let process: Process
  private let namespaces: [String]
  private let log: String

  /// With `small` the folder is a disk of its own with so many bytes, in namespaces of the daemon's own.
  init(in folder: Scratch, small: Int? = nil, environment: String = "none") throws {
    let inside = folder.path + "/data"
    let repository = try folder.repository()
    log = folder.path + "/log-\(UUID().uuidString)"
    FileManager.default.createFile(atPath: log, contents: nil)
    process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let serve = "exec '\(Program.path)' serve --data '\(inside)' --listen 127.0.0.1:0 --workers 1"
    let add =
      "'\(Program.path)' project add shop --repo '\(repository)' --data '\(inside)' --environment \(environment) >/dev/null"
    try FileManager.default.createDirectory(atPath: inside, withIntermediateDirectories: true)
    let isNew = !FileManager.default.fileExists(atPath: inside + "/nevermore.sqlite")
    if let small {
      process.arguments = [
        "unshare", "-Urm", "sh", "-ec",
        "mount -t tmpfs -o size=\(small) none '\(inside)'; \(add); \(serve)",
      ]
    } else {
      process.arguments = ["sh", "-ec", isNew ? "\(add); \(serve)" : serve]
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: log)
    try process.run()
    let log = log
    let found = try Wait.until { () -> Int? in
      let talk = try String(contentsOfFile: log, encoding: .utf8)
      if let match = talk.firstMatch(of: /listening on 127\.0\.0\.1:(\d+)\n/) {
        return Int(match.1)
      }
      return nil
    } orWhere: { [process] in
      !process.isRunning
    }
    guard let found else { throw Silent(talk: try String(contentsOfFile: log, encoding: .utf8)) }
    port = found
    data = inside
    visible = small == nil ? inside : "/proc/\(process.processIdentifier)/root\(inside)"
    // SQLite follows links by their text, and the one of `/proc` leads out again.
    namespaces =
      small == nil
      ? []
      : ["nsenter", "-t", "\(process.processIdentifier)", "-U", "-m", "--preserve-credentials"]
    let list = try Program.run(
      ["project", "list", "--data", data, "--json"], within: namespaces)
    let address = try JSON(parsing: Array(list.output.utf8)).items?.first?["dsn"]?.text ?? ""
    key = String(address.dropFirst("http://".count).prefix { $0 != "@" })
  }

  deinit { end(SIGKILL) }

  var talk: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }
  var identifier: Int32 { process.processIdentifier }

  func end(_ signal: Int32) {
    guard process.isRunning else { return }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
  }

  /// Runs a command where the daemon's folder is.
  func run(_ arguments: [String], input: String = "") throws -> Program {
    try Program.run(arguments + ["--data", data], input: input, within: namespaces)
  }

  /// Sends an event of a failure; `padding` makes it larger.
  func send(_ number: Int, padding: Int = 0, secret: String = "nothing") throws -> Wire.Answer {
    let identity = String(format: "%032x", number)
    let filling = (0..<(padding / 32)).map { "value \(number) \($0 &* 7919)" }
    let body: JSON = [
      "event_id": .string(identity), "platform": "python", "environment": "live",
      "exception": [
        "values": [
          [
            "type": "ValueError", "value": .string("wrong \(secret)"),
            "stacktrace": [
              "frames": [
                [
                  "filename": "shop/a.py", "function": .string("f\(number % 1000)"), "lineno": 2,
                  "in_app": true, "vars": ["x": .array(filling.map(JSON.string))],
                ]
              ]
            ],
          ]
        ]
      ],
    ]
    return try Wire.ask(
      port, "POST", "/api/1/store/", headers: ["X-Sentry-Auth": "Sentry sentry_key=\(key)"],
      body: body.bytes())
  }

  func get(_ path: String, headers: [String: String] = [:]) throws -> Wire.Answer {
    try Wire.ask(port, "GET", path, headers: headers)
  }
}

/// A folder that is gone with the test, and what it holds.
final class Scratch {
  let path = NSTemporaryDirectory() + "running-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A checkout with one commit.
  func repository() throws -> String {
    let folder = path + "/repository"
    guard !FileManager.default.fileExists(atPath: folder) else { return folder }
    try FileManager.default.createDirectory(
      atPath: folder + "/shop", withIntermediateDirectories: true)
    try "def f(x):\n    raise ValueError(x)\n".write(
      toFile: folder + "/shop/a.py", atomically: true, encoding: .utf8)
    let words = [
      ["init", "-q"], ["add", "-A"],
      ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "x"],
    ]
    for word in words {
      let git = Process()
      git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      git.arguments = ["git", "-C", folder] + word
      try git.run()
      git.waitUntilExit()
    }
    return folder
  }
}

enum Wait {
  /// Asks until there is an answer, or there never will be; two minutes are a failure and no measurement.
  static func until<Answer>(
    _ answer: () throws -> Answer?, orWhere isOver: () -> Bool = { false }
  ) throws -> Answer? {
    for _ in 0..<2400 {
      if let answer = try answer() { return answer }
      if isOver() { return try answer() }
      usleep(50_000)
    }
    return nil
  }
}

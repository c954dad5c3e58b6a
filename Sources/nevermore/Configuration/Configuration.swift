import Foundation
import Intake
import Yams

/// `nevermore.yaml`, as documented in `docs/reference/configuration.md`.
struct Configuration: Equatable {
  struct Python: Equatable {
    var interpreter: String?
    var setup: String?
    var paths: [String]?
    var tests: String?
    var application: String?
  }

  /// Who writes fixes; all of them go through the same gates.
  enum Repairer: Equatable {
    case templates
    case command([String], seconds: Int?)
  }

  /// What is a secret in this project's events, and what is none.
  struct Scrub: Equatable {
    var names: [String] = []
    var keep: [String] = []
    var rules: [ScrubRule] = []
  }

  var language = "python"
  var python = Python()
  var repair: [Repairer] = [.templates]
  var scrub = Scrub()

  /// Every key, with what it means: the documentation is checked against it.
  static let keys: [(key: String, meaning: String)] = [
    ("language", "the code base's language: `python`"),
    ("python.interpreter", "the target's own interpreter"),
    ("python.setup", "the command that makes its environment"),
    ("python.paths", "import roots"),
    ("python.tests", "where the suite lives and new tests go"),
    ("python.application", "a WSGI or ASGI application or factory, for request replay"),
    ("repair", "who writes fixes: `templates`, and programs of your own"),
    ("scrub.names", "names under which secrets stand, besides those that are known"),
    ("scrub.keep", "names under which no secret stands, whatever it looks like"),
    ("scrub.rules", "forms of secrets, each a kind and a pattern"),
  ]

  /// Reads the file at `path`; where `path` is `nil`, `nevermore.yaml` at the root if it is there.
  static func load(path: String?, root: String) throws(CommandFailure) -> Configuration {
    let file = path ?? root + "/nevermore.yaml"
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      if path == nil { return Configuration() }
      throw CommandFailure(
        .usage, "`\(file)` cannot be read as a configuration\nhint: `nevermore init` writes one")
    }
    return try parse(text, name: (file as NSString).lastPathComponent)
  }

  static func parse(_ text: String, name: String) throws(CommandFailure) -> Configuration {
    // Settings need no aliases, and aliases of aliases can ask for all the memory there is.
    guard text.utf8.count <= 100_000, !text.contains(/(^|[\s\[,:-])[&*][A-Za-z0-9_]/) else {
      throw CommandFailure(
        .usage,
        "`\(name)` is too long, or uses anchors and aliases\nhint: write each value where it is needed"
      )
    }
    let document: Any?
    do {
      document = try Yams.load(yaml: text)
    } catch {
      throw CommandFailure(.usage, "`\(name)` is not YAML\nhint: \(Self.place(of: error))")
    }
    guard let document else { return Configuration() }
    guard let top = document as? [String: Any] else {
      throw CommandFailure(
        .usage, "`\(name)` holds no map of settings\nhint: start with `language: python`")
    }
    var reader = SettingReader(name: name)
    return try reader.configuration(top)
  }

  private static func place(of error: Error) -> String {
    guard let error = error as? YamlError, case .parser(_, let problem, let mark, _) = error else {
      return "check its indentation"
    }
    return "line \(mark.line), column \(mark.column): \(problem)"
  }
}

/// Takes settings out of a map and refuses what it does not know.
private struct SettingReader {
  let name: String

  mutating func configuration(_ top: [String: Any]) throws(CommandFailure) -> Configuration {
    try refuseUnknown(top, known: ["language", "python", "repair", "scrub"], prefix: "")
    var configuration = Configuration()
    if let language = top["language"] {
      guard language as? String == "python" else {
        throw CommandFailure(
          .usage, "`\(language)` is no language that this version serves\nhint: `language: python`")
      }
    }
    if let repair = top["repair"] {
      configuration.repair = try RepairSetting(name: name).repairers(repair)
    }
    if let scrub = top["scrub"] {
      configuration.scrub = try ScrubSetting(name: name).scrub(scrub)
    }
    guard let value = top["python"] else { return configuration }
    guard let python = value as? [String: Any] else {
      throw CommandFailure(
        .usage, "`python` in `\(name)` is no map\nhint: indent its settings below it")
    }
    try refuseUnknown(
      python, known: ["interpreter", "setup", "paths", "tests", "application"], prefix: "python.")
    configuration.python = Configuration.Python(
      interpreter: try text(python["interpreter"], "interpreter"),
      setup: try text(python["setup"], "setup"), paths: try texts(python["paths"]),
      tests: try folder(python["tests"]),
      application: try text(python["application"], "application"))
    return configuration
  }

  private func refuseUnknown(
    _ map: [String: Any], known: [String], prefix: String
  ) throws(CommandFailure) {
    for key in map.keys.sorted() where !known.contains(key) {
      let near = known.min { key.distance(to: $0) < key.distance(to: $1) } ?? known[0]
      throw CommandFailure(
        .usage,
        "`\(prefix)\(key)` in `\(name)` is no setting\nhint: did you mean `\(prefix)\(near)`?")
    }
  }

  private func text(_ value: Any?, _ key: String) throws(CommandFailure) -> String? {
    guard let value else { return nil }
    guard let text = value as? String, !text.isEmpty else {
      throw CommandFailure(
        .usage, "`python.\(key)` in `\(name)` is no text\nhint: put it in quotes")
    }
    return text
  }

  private func folder(_ value: Any?) throws(CommandFailure) -> String? {
    guard let path = try text(value, "tests") else { return nil }
    try refuseOutside(path, setting: "python.tests")
    return path
  }

  private func refuseOutside(_ path: String, setting: String) throws(CommandFailure) {
    guard path.hasPrefix("/") || path.split(separator: "/").contains("..") else { return }
    throw CommandFailure(
      .usage,
      "`\(path)` in `\(setting)` leaves the repository\nhint: paths are relative to its root")
  }

  private func texts(_ value: Any?) throws(CommandFailure) -> [String]? {
    guard let value else { return nil }
    guard let texts = value as? [String], !texts.isEmpty else {
      throw CommandFailure(
        .usage, "`python.paths` in `\(name)` is no list of folders\nhint: `paths: [src]`")
    }
    for path in texts { try refuseOutside(path, setting: "python.paths") }
    return texts
  }
}

extension String {
  /// The number of edits that turn one text into the other.
  func distance(to other: String) -> Int {
    let from = Array(self)
    let to = Array(other)
    var row = Array(0...to.count)
    for (line, character) in from.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for column in to.indices {
        let above = row[column + 1]
        row[column + 1] = Swift.min(
          above + 1, row[column] + 1, diagonal + (to[column] == character ? 0 : 1))
        diagonal = above
      }
    }
    return row[to.count]
  }
}

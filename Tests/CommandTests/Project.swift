import Foundation
import Testing

/// Where the project's own files are, from the place of this one.
enum Project {
  static let root: URL = {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return folder
  }()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The part of a page below a heading of any level, up to the next one of the same level.
  static func section(_ heading: String, of page: String) throws -> String {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(
      lines.firstIndex { $0.hasPrefix("#") && $0.drop { $0 == "#" } == " \(heading)" },
      "no heading `\(heading)`")
    let marks = lines[start].prefix { $0 == "#" } + " "
    let rest = lines[(start + 1)...]
    let end = rest.firstIndex { $0.hasPrefix(marks) } ?? rest.endIndex
    return rest[..<end].joined(separator: "\n")
  }
}

/// Compares with a file of `Goldens`. With `NEVERMORE_RECORD_GOLDENS` set it writes the file and
/// fails, so that a recording run never passes for a test run.
func expectGolden(_ text: String, _ name: String) throws {
  let path = "Tests/CommandTests/Goldens/\(name)"
  if ProcessInfo.processInfo.environment["NEVERMORE_RECORD_GOLDENS"] != nil {
    try text.write(
      to: Project.root.appendingPathComponent(path), atomically: true, encoding: .utf8)
    Issue.record("recorded \(name)")
    return
  }
  let golden = try Project.text(path)
  #expect(text == golden, "\(path) differs: `make golden` records it anew")
}

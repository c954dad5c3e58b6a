import Foundation
import Interchange
import Reproducing

/// The file in which the probe finds the functions whose arguments it keeps: docs/reference/armed.md is its format.
struct ArmedList {
  private struct Function: Hashable {
    var file: String
    var function: String
    var until: Int
    var failure: String
  }

  private static let version = 1
  /// Functions that a probe arms at once.
  private static let limit = 50
  /// Snapshots a second, and seconds after which a probe disarms by itself.
  private static let rate = 50
  private static let seconds = 900

  private var functions: [Function] = []

  /// What is armed already; nothing where there is no such file.
  init(at path: String?) throws(CommandFailure) {
    guard let path, FileManager.default.fileExists(atPath: path) else { return }
    guard let content = FileManager.default.contents(atPath: path),
      let list = try? JSON(parsing: Array(content)), list["nevermore"]?.integer == Self.version
    else {
      throw CommandFailure(
        .usage,
        "`\(path)` is no list of armed functions of version \(Self.version)\nhint: name another file, or remove that one"
      )
    }
    let now = Int(Date().timeIntervalSince1970)
    functions = (list["functions"]?.items ?? []).compactMap { record in
      guard let file = record["file"]?.text, let function = record["function"]?.text,
        let until = record["until"]?.integer, until > now
      else { return nil }
      return Function(
        file: file, function: function, until: until, failure: record["failure"]?.text ?? "")
    }
  }

  /// Arms the functions of the repository on a failure's stack, innermost first; says which.
  mutating func arm(_ evidence: Evidence, until: Date) -> [String] {
    var added: [String] = []
    let failure = evidence.signature.failureIdentifier
    for index in evidence.repositoryFrames.reversed() {
      guard let function = evidence.frames[index].function, function.role != .module else {
        continue
      }
      let name = function.symbol.path.joined(separator: ".")
      let known = functions.firstIndex { $0.file == function.path && $0.function == name }
      if let known { functions.remove(at: known) }
      guard functions.count < Self.limit else { break }
      functions.append(
        Function(
          file: function.path, function: name, until: Int(until.timeIntervalSince1970),
          failure: failure))
      added.append("\(function.path):\(name)")
    }
    return added
  }

  func write(to path: String?) throws(CommandFailure) {
    let records = functions.map { function -> JSON in
      [
        "file": .string(function.file), "function": .string(function.function),
        "until": .integer(function.until), "failure": .string(function.failure),
      ]
    }
    let list: JSON = [
      "nevermore": .integer(Self.version), "functions": .array(records),
      "rate": .integer(Self.rate), "seconds": .integer(Self.seconds),
    ]
    let text = list.text(.pretty) + "\n"
    guard let path else { return print(text, terminator: "") }
    do {
      // Whole or not at all: a probe may read it at any moment.
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw CommandFailure(
        .usage,
        "`\(path)` cannot be written: \(error.localizedDescription)\nhint: name a file in a folder that is yours"
      )
    }
  }
}

import Failures
import Foundation
import Languages

/// Gives a program a variable of the environment that it looks for: a folder of its own, or what the suite sets it to.
struct EnvironmentSetting {
  let session: TargetSession

  /// The candidate with the variable set; `nil` where the suite's framework has no short way, or it was set before.
  func setting(_ variable: String, in candidate: Candidate) throws -> Candidate? {
    guard let surroundings = try session.surroundings(), variable.utf8.count < 100 else {
      return nil
    }
    let shown = try suiteValue(of: variable)
    let isFolder =
      shown == nil ? Self.namesFolder(variable) : shown?.contains(surroundings.folder) ?? false
    let value = isFolder ? surroundings.folderText : .value(.string(shown ?? "1"))
    let statement = surroundings.setVariable(variable, value)
    guard !candidate.program.setup.contains(statement) else { return nil }
    var changed = candidate
    changed.program.setup.insert(statement, at: 0)
    let needed = isFolder ? [surroundings.changer, surroundings.folder] : [surroundings.changer]
    for fixture in needed where !changed.program.fixtures.contains(fixture) {
      changed.program.fixtures.append(fixture)
    }
    changed.assumptions.append("the environment's `\(variable)` is the test's own")
    return changed
  }

  /// What the suite itself sets the variable to: the text of `setenv("NAME", …)`.
  private func suiteValue(of variable: String) throws -> String? {
    for match in try session.search("\"\(variable)\"") {
      guard match.text.contains("setenv("),
        let after = match.text.range(of: "\"\(variable)\","), match.text.utf8.count < 200
      else { continue }
      let rest = match.text[after.upperBound...].drop { $0 == " " }
      if rest.first == "\"" || rest.first == "'" {
        return String(rest.dropFirst().prefix { $0 != "\"" && $0 != "'" })
      }
      return String(rest)
    }
    return nil
  }

  private static func namesFolder(_ variable: String) -> Bool {
    let words = variable.uppercased().split(separator: "_")
    return words.contains {
      ["DIR", "DIRECTORY", "HOME", "PATH", "FOLDER", "ROOT", "DATA", "STORAGE"].contains($0)
    }
  }
}

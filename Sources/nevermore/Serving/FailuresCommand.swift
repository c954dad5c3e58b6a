import ArgumentParser
import Foundation
import Interchange
import Storage

/// The failures that a daemon knows, the one seen last first.
struct FailuresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "failures",
    abstract: "List the failures that were taken in, and where each stands.")

  @OptionGroup var data: DataOption

  @Option(help: "Of this project alone.")
  var project: String?

  @Flag(help: "Print a JSON array on standard output.")
  var json = false

  func run() throws {
    let store = try data.store()
    let project = try store.named(project)
    let failures = try asking { () throws(StorageError) in
      try store.failures(ofProject: project?.id, limit: .max)
    }
    if json {
      return try Terminal.print(JSON.array(failures.map(\.json)).text(.compact))
    }
    for failure in failures {
      let seen = failure.events == 1 ? "1 event" : "\(failure.events) events"
      try Terminal.print(
        "\(failure.identity)  \(failure.state.rawValue)  \(seen)  \(failure.signature)")
    }
  }
}

extension Store {
  /// The project that a person named; `nil` where none was named.
  func named(_ name: String?) throws(CommandFailure) -> Project? {
    guard let name else { return nil }
    guard let found = try asking({ () throws(StorageError) in try project(named: name) }) else {
      throw CommandFailure(
        .usage, "there is no project `\(name)`\nhint: `nevermore project list` names them")
    }
    return found
  }
}

extension FailureRecord {
  var json: JSON {
    [
      "id": .string(identity), "exception": .string(exception), "signature": .string(signature),
      "events": .integer(events), "state": .string(state.rawValue),
      "firstSeen": .string(firstSeen.inUTC), "lastSeen": .string(lastSeen.inUTC),
      "branch": .optional(branch), "pullRequest": .optional(pullRequest),
    ]
  }
}

extension Date {
  /// `2026-11-23T06:12:42Z`.
  var inUTC: String { formatted(.iso8601) }
}

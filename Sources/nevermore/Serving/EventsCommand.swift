import ArgumentParser
import Foundation
import Interchange
import Storage

/// Every event that was acknowledged, and what became of it.
struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "List every event that was acknowledged, oldest first.")

  @OptionGroup var data: DataOption

  @Option(help: "Of this project alone.")
  var project: String?

  @Flag(help: "Print a JSON array on standard output.")
  var json = false

  func run() throws {
    let store = try data.store()
    let project = try store.named(project)
    var isFirst = true
    if json { try Terminal.print("[") }
    do {
      try store.eachEvent(ofProject: project?.id) { event in
        let comma = isFirst ? "" : ","
        isFirst = false
        try Terminal.print(json ? comma + event.json.text(.compact) : event.line)
      }
    } catch {
      throw CommandFailure(error)
    }
    if json { try Terminal.print("]") }
  }
}

extension EventRecord {
  var json: JSON {
    [
      "eventID": .string(identity), "failure": .optional(failure),
      "receivedAt": .string(receivedAt.inUTC), "outcome": .string(outcome.rawValue),
    ]
  }

  fileprivate var line: String {
    "\(identity)  \(receivedAt.inUTC)  \(outcome.rawValue)  \(failure ?? "")"
  }
}

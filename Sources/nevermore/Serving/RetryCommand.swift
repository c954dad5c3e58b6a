import ArgumentParser
import Interchange
import Storage

/// One more go at a failure's case.
struct RetryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Have the case of a failure worked once more, with what is known now.",
    discussion: "A daemon that runs takes it up at once; without one it waits for the next start.")

  @Argument(help: "The identifier of the failure or of one of its events, or the beginning of it.")
  var identifier: String

  @OptionGroup var data: DataOption

  @Option(help: "The project of the failure, where several have it.")
  var project: String?

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  func run() throws {
    let store = try data.store()
    let failure = try store.failure(calledBy: identifier, in: project)
    let isNew = try asking { () throws(StorageError) in try store.ask(for: failure.id) }
    guard isNew else {
      throw CommandFailure(
        .refused,
        "a case of `\(failure.identity)` is open already\nhint: `nevermore show \(failure.identity)` says where it stands"
      )
    }
    let answer: JSON = ["failure": .string(failure.identity), "state": "queued"]
    try Terminal.print(
      json ? answer.text(.compact) : "\(failure.identity)  waits for a worker")
  }
}

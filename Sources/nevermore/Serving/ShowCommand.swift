import ArgumentParser
import Foundation
import Interchange
import Storage

/// The story of a failure, or of an event.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract:
      "Tell the story of a failure or an event: what came, what was tried, what became of it.")

  @Argument(help: "The identifier of a failure or an event, or the beginning of it.")
  var identifier: String

  @OptionGroup var data: DataOption

  @Option(help: "Of this project alone.")
  var project: String?

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  func run() throws {
    let store = try data.store()
    let story: ShownStory
    switch try store.called(identifier, in: project) {
    case .event(let event): story = try ShownStory(of: event, in: store)
    default:
      story = try ShownStory(
        of: try store.failure(calledBy: identifier, in: project), in: store)
    }
    try Terminal.print(json ? story.json.text(.compact) : story.text)
  }
}

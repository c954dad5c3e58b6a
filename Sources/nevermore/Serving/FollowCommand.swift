import ArgumentParser
import Daemon
import Foundation
import Storage

/// The failures of a log, as it grows.
struct FollowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow",
    abstract: "Take the failures of a log in, as it grows and is rotated.",
    discussion: """
      Works beside a daemon that runs, and without one. What was taken in is remembered: it goes on there when it is \
      started again, and no failure counts twice. It ends on SIGTERM, or with --once.
      """)

  @Argument(help: "The log: JSON lines, or text with stacks.")
  var file: String

  @Option(help: "The project that its failures belong to.")
  var project: String

  @OptionGroup var data: DataOption

  @Flag(help: "Begin with what is written from now on; only where the log was not followed before.")
  var fromEnd = false

  @Flag(help: "Read what is there, and end.")
  var once = false

  func run() async throws {
    let path = URL(fileURLWithPath: file).path
    guard !once || FileManager.default.isReadableFile(atPath: path) else {
      throw CommandFailure(
        .usage, "`\(file)` cannot be read\nhint: without --once it is waited for")
    }
    let store = try data.store()
    guard let project = try store.named(project) else { return }
    let folder = data.folder
    var run = LogRun(
      path: path, project: project, store: store,
      intake: LogIntake(store: store, project: project) {
        try ProjectSite(project: $0, data: folder).sorting()
      })
    if !once { Terminal.talk("nevermore: following \(path.withoutControls) for \(project.name)") }
    try await run.follow(fromEnd: fromEnd, isOnce: once)
    try Terminal.print(run.summary)
  }
}

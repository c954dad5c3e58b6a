import ArgumentParser
import Failures
import Foundation
import Languages
import Pipeline
import Shipping

/// One event in; a proven test out, on a branch.
struct FixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fix",
    abstract: "Turn one event into a regression test that fails for the same cause, on a branch.",
    discussion: """
      The checkout, the index, the stash and the hooks are never touched: the branch `nevermore/<failure>` is built
      beside them. With --no-ship nothing at all is written to the repository.
      """)

  @OptionGroup var options: CaseOptions

  @Flag(name: .customLong("no-ship"), help: "Write nothing to the repository.")
  var noShip = false

  @Option(help: "Write the pull request's text to this file.")
  var body: String?

  func run() throws {
    let report = try CaseRun(options: options, goal: noShip ? .tested : .shipped, body: body)
      .finish()
    try report.show(asJSON: options.json)
    throw ExitCode(report.status.rawValue)
  }
}

import ArgumentParser
import Daemon
import Failures
import Foundation
import Pipeline

/// One case, as the daemon has it worked on: in a process of its own, which knows neither the database nor a token.
struct WorkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work",
    abstract: "Work one case, as the daemon orders it; not meant for people.",
    discussion: """
      Reads one order, a line of JSON, from standard input, and writes a line of JSON for each stage that it passes. It
      asks before it writes the branch, and ends when its standard input does.
      """)

  func run() throws {
    let input = WorkInput()
    guard let order = WorkOrder(line: Array(input.next().utf8)) else {
      throw CommandFailure(
        .usage, "standard input holds no order\nhint: `nevermore serve` starts this by itself")
    }
    do {
      say(.ended(try result(of: order, input)))
    } catch let failure as CommandFailure {
      say(.failed(failure.message))
    }
  }

  private func result(of order: WorkOrder, _ input: WorkInput) throws -> WorkResult {
    var words = ["-", "--repo", order.repository]
    if let revision = order.revision { words += ["--at", revision] }
    let options = try CaseOptions.parse(words)
    let given = OrderedEvent(
      event: order.event, failure: order.failure, environments: order.environments)
    let watcher = CaseWatcher(
      took: { stage, seconds, state in
        say(
          .stage(
            name: stage.rawValue, finding: Narration.finding(state), product: state.fingerprint,
            seconds: seconds))
      },
      willShip: {
        say(.willShip)
        guard input.next() == WorkLine.permission else {
          throw CommandFailure(.refused, "another worker has the case")
        }
      })
    let report = try CaseRun(
      options: options, goal: .shipped, body: nil, given: given, watcher: watcher
    ).finish()
    return WorkResult(report: report.json, title: report.review?.title, body: report.review?.body)
  }

  private func say(_ line: WorkLine) {
    Terminal.answer(line.line)
  }
}

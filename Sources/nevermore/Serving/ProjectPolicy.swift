import ArgumentParser
import Daemon
import Storage

/// What may be done for a project: the options that `project add` and `project change` have in common. What is not given stays.
struct ProjectPolicy: ParsableArguments {
  @Option(
    help:
      "The address that every envelope is relayed to, unchanged: the DSN that the team has today; `none` for no address."
  )
  var forward: String?

  @Option(help: "What is shipped: a branch alone, or a pull request as a draft or ready.")
  var ship: ProjectSettings.Shipping?

  @Option(help: "The branch that pull requests go to; the repository's own head by default.")
  var base: String?

  @Option(
    help: "Work only on failures of this environment; can be given several times, `all` for all.")
  var environment: [String] = []

  @Option(help: "Days for which events and their data are kept; 30 by default.")
  var retention: Int?

  @Option(help: "Events a minute that are taken; 6000 by default.")
  var eventsAMinute: Int?

  @Option(help: "Pull requests that are opened in an hour, at most; 2 by default.")
  var requestsAnHour: Int?

  @Option(help: "Pull requests that are open at a time, at most; 10 by default.")
  var requestsOpen: Int?

  func validate() throws {
    let numbers: [(String, Int?, ClosedRange<Int>)] = [
      ("--retention", retention, 1...3650), ("--events-a-minute", eventsAMinute, 1...1_000_000),
      ("--requests-an-hour", requestsAnHour, 0...1000), ("--requests-open", requestsOpen, 0...1000),
    ]
    for (name, number, range) in numbers {
      guard let number, !range.contains(number) else { continue }
      throw ValidationError(
        "`\(name) \(number)` is not between \(range.lowerBound) and \(range.upperBound)")
    }
  }

  /// The address to relay to, where one is known already.
  func forward(instead known: String?) throws(CommandFailure) -> String? {
    guard let forward else { return known }
    guard forward != "none" else { return nil }
    guard Daemon.canForward(to: forward) else {
      throw CommandFailure(
        .usage, "`\(forward)` is no DSN\nhint: give the one that the service has today")
    }
    return forward
  }

  func changed(_ settings: ProjectSettings) -> ProjectSettings {
    var settings = settings
    if let ship { settings.ship = ship }
    if let base { settings.base = base }
    if !environment.isEmpty { settings.environments = environment == ["all"] ? [] : environment }
    if let retention { settings.retention = retention }
    if let eventsAMinute { settings.eventsAMinute = eventsAMinute }
    if let requestsAnHour { settings.requestsAnHour = requestsAnHour }
    if let requestsOpen { settings.requestsOpen = requestsOpen }
    return settings
  }
}

extension ProjectSettings.Shipping: ExpressibleByArgument {}

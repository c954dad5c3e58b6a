import ArgumentParser
import Foundation
import Interchange
import Shipping
import Storage

extension ProjectCommand {
  struct Change: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Change what may be done for a project, and print how it stands.",
      discussion: "What is not given stays. A daemon that runs takes it over within seconds.")

    @Argument(help: "What the project is called.")
    var name: String

    @Option(help: "The repository: a folder, or a URL that git can clone.")
    var repo: String?

    @OptionGroup var policy: ProjectPolicy
    @OptionGroup var forge: ProjectForge
    @OptionGroup var data: DataOption

    @Option(help: "Where the daemon listens; part of the address that is printed.")
    var listen = ListenAddress.standard

    @Flag(help: "Print one JSON object on standard output.")
    var json = false

    func run() throws {
      let repository = try repo.map(checkedRepository)
      let store = try data.store()
      guard var project = try store.named(name) else { return }
      if let repository { project.repository = repository }
      project.forward = try policy.forward(instead: project.forward)
      project.settings = forge.changed(policy.changed(project.settings))
      let changed = project
      try asking { () throws(StorageError) in try store.change(changed) }
      try Terminal.print(
        json ? changed.json(at: listen).text(.compact) : changed.lines(at: listen))
    }
  }

  /// A folder by its whole path, a URL as it is.
  static func checkedRepository(_ repo: String) throws(CommandFailure) -> String {
    if Project.isAddress(repo) { return repo }
    let repository = try Workspace.wrapping { try Repository(at: repo) }
    guard let root = repository.root else {
      throw CommandFailure(
        .usage, "`\(repo)` is a repository without a work tree\nhint: give a checkout, or its URL"
      )
    }
    return root
  }
}

extension Project {
  /// With all its settings.
  func json(at listen: ListenAddress) -> JSON {
    [
      "project": .string(name), "dsn": .string(address(at: listen)),
      "repository": .string(repository), "forward": .optional(forward),
      "ship": .string(settings.ship.rawValue), "base": .optional(settings.base),
      "environments": .array(settings.environments.map(JSON.string)),
      "retention": .integer(settings.retention),
      "eventsAMinute": .integer(settings.eventsAMinute),
      "requestsAnHour": .integer(settings.requestsAnHour),
      "requestsOpen": .integer(settings.requestsOpen),
    ]
  }

  func lines(at listen: ListenAddress) -> String {
    let environments = settings.environments
    let lines: [(String, String)] = [
      ("project", name), ("address", address(at: listen)), ("repository", repository),
      ("forward", forward ?? "none"), ("ship", settings.ship.rawValue),
      ("base", settings.base ?? "the repository's head"),
      ("environments", environments.isEmpty ? "all" : environments.joined(separator: ", ")),
      ("retention", "\(settings.retention) days"),
      ("quota", "\(settings.eventsAMinute) events a minute"),
      ("requests", "\(settings.requestsAnHour) an hour, \(settings.requestsOpen) open"),
    ]
    return lines.map { "\($0.padding(toLength: 14, withPad: " ", startingAt: 0))\($1)" }
      .joined(separator: "\n").split(separator: "\n").map { String($0).withoutControls }
      .joined(separator: "\n")
  }
}

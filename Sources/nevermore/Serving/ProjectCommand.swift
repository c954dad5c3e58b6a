import ArgumentParser
import Foundation
import Interchange
import Shipping
import Storage

/// The code bases whose failures are taken in.
struct ProjectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "project", abstract: "Add, change and list the projects of a daemon.",
    subcommands: [Add.self, Change.self, List.self])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add a project, and print the address that its service sends to.",
      discussion: "Works beside a daemon that runs, and without one.")

    @Argument(help: "What the project is called.")
    var name: String

    @Option(help: "The repository: a folder, or a URL that git can clone.")
    var repo: String

    @OptionGroup var policy: ProjectPolicy
    @OptionGroup var data: DataOption

    @Option(help: "Where the daemon listens; part of the address that is printed.")
    var listen = ListenAddress.standard

    @OptionGroup var forge: ProjectForge

    @Flag(help: "Print one JSON object on standard output.")
    var json = false

    func run() throws {
      let name = try Self.accepted(name)
      let repository = try ProjectCommand.checkedRepository(repo)
      let store = try data.store(create: true)
      let settings = forge.changed(policy.changed(ProjectSettings()))
      let forward = try policy.forward(instead: nil)
      let project = try asking { () throws(StorageError) in
        try store.addProject(
          name: name, repository: repository, forward: forward, settings: settings)
      }
      do {
        try ProjectSite(project: project, data: data.folder).clone()
      } catch {
        try asking { () throws(StorageError) in try store.remove(project) }
        throw error
      }
      let dsn = project.address(at: listen)
      guard json else {
        return try Terminal.print("project     \(project.name)\naddress     \(dsn)")
      }
      let answer: JSON = ["project": .string(project.name), "dsn": .string(dsn)]
      try Terminal.print(answer.text(.compact))
    }

    private static func accepted(_ name: String) throws(CommandFailure) -> String {
      guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]{0,63}/) != nil else {
        throw CommandFailure(
          .usage,
          "`\(name)` cannot be a project's name\nhint: letters, digits, `.`, `_` and `-`, 64 at most"
        )
      }
      return name
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the projects.")

    @OptionGroup var data: DataOption

    @Option(help: "Where the daemon listens; part of the addresses that are printed.")
    var listen = ListenAddress.standard

    @Flag(help: "Print a JSON array on standard output.")
    var json = false

    func run() throws {
      let store = try data.store()
      let projects = try asking { () throws(StorageError) in try store.projects() }
      if json {
        let all: JSON = .array(
          projects.map { project in
            [
              "project": .string(project.name), "dsn": .string(project.address(at: listen)),
              "repository": .string(project.repository), "forward": .optional(project.forward),
            ]
          })
        return try Terminal.print(all.text(.compact))
      }
      for project in projects {
        try Terminal.print("\(project.name)  \(project.address(at: listen))  \(project.repository)")
      }
    }
  }
}

extension Project {
  /// What a Sentry client is given as its DSN.
  func address(at listen: ListenAddress) -> String { "http://\(key)@\(listen)/\(id)" }
}

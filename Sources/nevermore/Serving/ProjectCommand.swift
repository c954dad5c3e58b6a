import ArgumentParser
import Daemon
import Foundation
import Interchange
import Shipping
import Storage

/// The code bases whose failures are taken in.
struct ProjectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "project", abstract: "Add and list the projects of a daemon.",
    subcommands: [Add.self, List.self])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add a project, and print the address that its service sends to.",
      discussion: "Works beside a daemon that runs, and without one.")

    @Argument(help: "What the project is called.")
    var name: String

    @Option(help: "The repository: a folder, or a URL that git can clone.")
    var repo: String

    @OptionGroup var data: DataOption

    @Option(
      help:
        "The address that every envelope is relayed to, unchanged: the DSN that the team has today."
    )
    var forward: String?

    @Option(help: "Where the daemon listens; part of the address that is printed.")
    var listen = ListenAddress.standard

    @Option(help: "What is shipped: a branch alone, or a pull request as a draft or ready.")
    var ship: ProjectSettings.Shipping = .ready

    @Option(
      help:
        "The forge that pull requests are opened on: github, gitlab, gitea or forgejo; told by the remote's address."
    )
    var forge: String?

    @Option(name: .customLong("forge-address"), help: "The forge's own address, as in a browser.")
    var forgeAddress: String?

    @Option(
      name: .customLong("forge-repository"),
      help: "OWNER/NAME on the forge, where the remote does not tell.")
    var forgeRepository: String?

    @Option(
      name: .customLong("token-file"),
      help: "The file that holds the forge's token, readable by its owner alone.")
    var tokenFile: String?

    @Option(help: "The branch that pull requests go to; the one that the repository stands on.")
    var base: String?

    @Flag(
      help: "Push branches to the repository's remote; always done where a token or a URL is given."
    )
    var push = false

    @Flag(help: "Print one JSON object on standard output.")
    var json = false

    func run() throws {
      let name = try Self.accepted(name)
      let repository = try checkedRepository()
      if let forward, !Daemon.canForward(to: forward) {
        throw CommandFailure(
          .usage, "`\(forward)` is no DSN\nhint: give the one that the service has today")
      }
      let store = try data.store(create: true)
      var settings = ProjectSettings()
      settings.ship = ship
      settings.forge = forge
      settings.forgeAddress = forgeAddress
      settings.forgeRepository = forgeRepository
      settings.tokenFile = tokenFile.map { URL(fileURLWithPath: $0).path }
      settings.base = base
      settings.pushes = push || tokenFile != nil
      let project = try asking { () throws(StorageError) in
        try store.addProject(
          name: name, repository: repository, forward: forward, settings: settings)
      }
      let dsn = project.address(at: listen)
      guard json else {
        return try Terminal.print("project     \(project.name)\naddress     \(dsn)")
      }
      let answer: JSON = ["project": .string(project.name), "dsn": .string(dsn)]
      try Terminal.print(answer.text(.compact))
    }

    /// A folder by its whole path, a URL as it is.
    private func checkedRepository() throws(CommandFailure) -> String {
      if repo.contains("://") { return repo }
      let repository = try Workspace.wrapping { try Repository(at: repo) }
      guard let root = repository.root else {
        throw CommandFailure(
          .usage, "`\(repo)` is a repository without a work tree\nhint: give a checkout, or its URL"
        )
      }
      return root
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

extension ProjectSettings.Shipping: ExpressibleByArgument {}

extension Project {
  /// What a Sentry client is given as its DSN.
  func address(at listen: ListenAddress) -> String { "http://\(key)@\(listen)/\(id)" }
}

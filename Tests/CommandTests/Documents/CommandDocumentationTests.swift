import Foundation
import Interchange
import Testing

/// The pages under docs/reference name everything that the program offers, and nothing that it does not.
struct CommandDocumentationTests {
  @Test func `every command and option is documented, and nothing else is`() throws {
    let page = try Project.text("docs/reference/commands.md")
    for command in try Self.commands() {
      let section = try Project.section("nevermore \(command.name)", of: page)
      let documented = Set(
        section.matches(of: /`(--[a-z-]+)/).map { String($0.1) })
      #expect(documented == command.options, "of `nevermore \(command.name)`")
    }
  }

  @Test func `no command is documented that does not exist`() throws {
    let page = try Project.text("docs/reference/commands.md")
    let headings = Set(page.matches(of: /(?m)^## nevermore ([a-z]+)$/).map { String($0.1) })
    #expect(headings == Set(try Self.commands().map(\.name)))
  }

  @Test func `the readme and the guides name only commands that exist`() throws {
    let names = Set(try Self.commands().map(\.name))
    for page in ["README.md", "docs/guides/first-failure.md", "docs/guides/verify-a-patch.md"] {
      let used = try Project.text(page).matches(of: /(?m)^\$ (?:\S*\/)?nevermore ([a-z]+)/).map {
        String($0.1)
      }
      #expect(!used.isEmpty, "\(page) shows no command")
      #expect(used.allSatisfy(names.contains), "\(page) shows \(used)")
    }
  }

  private struct Documented {
    var name: String
    var options: Set<String>
  }

  /// A command's options, and those of the commands below it, which its section describes.
  private static func options(of command: JSON) -> Set<String> {
    let own = (command["arguments"]?.items ?? []).compactMap { argument -> String? in
      guard let long = argument["preferredName"]?["name"]?.text else { return nil }
      return ["help", "version"].contains(long) ? nil : "--\(long)"
    }
    return (command["subcommands"]?.items ?? []).reduce(into: Set(own)) {
      if $1["commandName"]?.text != "help" { $0.formUnion(options(of: $1)) }
    }
  }

  /// What the binary says of itself.
  private static func commands() throws -> [Documented] {
    let said = try Program.run(
      ["--experimental-dump-help"], at: FileManager.default.temporaryDirectory.path)
    let commands = try JSON(parsing: said.output)["command"]?["subcommands"]?.items ?? []
    try #require(commands.count >= 4)
    return commands.compactMap { command in
      guard let name = command["commandName"]?.text, name != "help" else { return nil }
      return Documented(name: name, options: options(of: command))
    }
  }
}

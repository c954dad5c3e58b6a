import ArgumentParser
import Foundation
import Testing

@testable import nevermore

struct HelpTests {
  @Test func `help of the program`() throws {
    try expectGolden(Nevermore.helpMessage(columns: 80), "help.txt")
  }

  @Test func `help of every command`() throws {
    let commands = Nevermore.configuration.subcommands
    #expect(!commands.isEmpty)
    for command in commands {
      let name = try #require(command.configuration.commandName)
      try expectGolden(
        Nevermore.helpMessage(for: command, columns: 80), "help-\(name).txt")
    }
  }
}

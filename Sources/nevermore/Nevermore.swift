import ArgumentParser
import Foundation

/// The command line: the only place where parts are chosen and joined.
@main
struct Nevermore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nevermore",
    abstract: "Turns a failure that production reported into a test that fails for the same cause.",
    discussion: """
      Exit codes: 0 fixed · 10 tested, no accepted fix · 11 stopped · 12 refused · 64 usage or unreadable input · \
      70 our fault. Of mutate: 0 all killed · 2 survivors · 3 timeouts · 4 the tests fail without any mutant.
      """,
    version: "0.1.0",
    subcommands: [
      FixCommand.self, ReproduceCommand.self, VerifyCommand.self, MutateCommand.self,
      ArmCommand.self, InitCommand.self, DoctorCommand.self,
      ServeCommand.self, ProjectCommand.self, FailuresCommand.self, EventsCommand.self,
      FollowCommand.self, ShowCommand.self, RetryCommand.self, ReplayCommand.self, LinkCommand.self,
      ReportCommand.self, BackupCommand.self,
      RestoreCommand.self, EraseCommand.self,
      WorkCommand.self, CourierCommand.self,
    ])

  static func main() async {
    // A reader that closes its end must not end us before we have cleaned up.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let failure as CommandFailure {
      Terminal.complain(failure.message)
      Foundation.exit(failure.code.rawValue)
    } catch {
      exit(withError: error)
    }
  }
}

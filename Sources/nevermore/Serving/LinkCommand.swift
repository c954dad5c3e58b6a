import ArgumentParser
import Daemon
import Storage

/// Lets a person see the pages.
struct LinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link", abstract: "Print an address that opens the daemon's pages, once.",
    discussion:
      "Works beside a daemon that runs, and without one. An address that is not used is good for a week."
  )

  @OptionGroup var data: DataOption

  @Option(help: "Where the daemon is reached; part of the address that is printed.")
  var listen = ListenAddress.standard

  func run() throws {
    let store = try data.store()
    let link = try asking { () throws(StorageError) in
      try AdministratorLink(store, at: "\(listen)")
    }
    try Terminal.print(link.address)
  }
}

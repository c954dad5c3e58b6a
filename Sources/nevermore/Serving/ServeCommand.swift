import ArgumentParser
import Daemon
import Foundation
import Intake
import Logging
import PythonTarget
import Storage
import Telemetry

/// Real senders in, proven tests and fixes out, by itself.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Take failures from the clients that a team has, and work each new one.",
    discussion: """
      One process and one SQLite file in the folder of --data. Projects are added with `nevermore project add`, also while \
      this runs. It ends on SIGTERM, and loses no job. A folder has one daemon at a time.
      """)

  @OptionGroup var data: DataOption

  @Option(help: "Where to listen.")
  var listen = ListenAddress.standard

  @Option(help: "Cases that are worked at a time.")
  var workers = max(1, ProcessInfo.processInfo.activeProcessorCount / 2)

  func run() async throws {
    let lock = try asking { () throws(StorageError) in try FolderLock(on: data.folder) }
    defer { withExtendedLifetime(lock) {} }
    guard Store.isWhole(in: data.folder) else {
      throw CommandFailure(.damaged(folder: data.folder))
    }
    let store = try data.store(create: true)
    let isForMachines = !Terminal.isInteractive
    LoggingSystem.bootstrap { LineLog(label: $0, isForMachines: isForMachines) }
    try asking { () throws(StorageError) in try store.free { !Daemon.isAlive($0) } }
    let folder = data.folder
    let daemon = Daemon(
      store: store,
      settings: .init(
        host: listen.host, port: listen.port, workers: max(1, workers),
        executable: Self.ownPath),
      knowledge: .init(
        read: { bytes throws(IntakeError) in try EventReader.ofPython.read(bytes) },
        stackLanguage: .python, sorting: { try ProjectSite(project: $0, data: folder).sorting() },
        site: { try ProjectSite(project: $0, data: folder).site() },
        holds: { try ProjectSite(project: $0, data: folder).holds($1, commit: $2) }),
      logger: Logger(label: "nevermore"))
    let host = listen.host
    try await daemon.run { port in
      let place = ListenAddress(host: host, port: port)
      Terminal.talk("nevermore: listening on \(place)")
      do {
        if let link = try AdministratorLink.first(store, at: "\(place)") {
          Terminal.talk("nevermore: the pages open once with \(link.address)")
        }
      } catch {
        Terminal.complain(
          "no link to the pages could be written\nhint: `nevermore link --data DIR`")
      }
    }
  }

  /// The file that this process was started from.
  private static var ownPath: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
  }
}

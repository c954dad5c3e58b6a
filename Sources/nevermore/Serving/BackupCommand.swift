import ArgumentParser
import Foundation
import Storage

/// A copy that can be gone back to.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy a daemon's database to a file, also while the daemon runs.",
    discussion:
      "The copy is consistent: of every case and event it holds all or nothing. A file that exists is left alone."
  )

  @Argument(help: "The file to write.")
  var file: String

  @OptionGroup var data: DataOption

  func run() throws {
    let store = try data.store()
    try asking { () throws(StorageError) in try store.backUp(to: file) }
    Terminal.talk("nevermore: the copy is in `\(file)`")
  }
}

/// A folder for a daemon from a copy.
struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put a copy that `backup` made into a daemon's folder that has no database.",
    discussion:
      "Every page of the copy is read first. A folder that holds a database, or that a daemon has, is left alone."
  )

  @Argument(help: "The copy.")
  var file: String

  @OptionGroup var data: DataOption

  func run() throws {
    guard FileManager.default.fileExists(atPath: file) else {
      throw CommandFailure(
        .usage, "there is no file `\(file)`\nhint: give one that `nevermore backup` wrote")
    }
    try asking { () throws(StorageError) in try Store.restore(file, to: data.folder) }
    Terminal.talk(
      "nevermore: `\(data.folder)` holds the copy\nhint: `nevermore serve --data \(data.folder)`")
  }
}

import Foundation
import GRDB

extension Store {
  /// Writes a consistent copy beside work that goes on; the name is there only once the copy is whole and on the disk.
  public func backUp(to path: String) throws(StorageError) {
    guard !FileManager.default.fileExists(atPath: path) else { throw .exists(path) }
    let partial = path + ".partial-\(getpid())"
    defer { unlink(partial) }
    try copy(to: partial)
    try Self.settle(partial)
    // Unlike a renaming, a link never takes the place of what came in between.
    guard link(partial, path) == 0 else {
      throw errno == EEXIST ? .exists(path) : .disk(folder: folder)
    }
    Self.synchronise(folderOf: path)
  }

  /// Puts a copy in a folder that has no database, after every page and every reference of it was read.
  public static func restore(_ path: String, to folder: String) throws(StorageError) {
    let lock = try FolderLock(on: folder)
    defer { withExtendedLifetime(lock) {} }
    let database = folder + "/" + fileName
    for file in [database, database + "-wal"] where FileManager.default.fileExists(atPath: file) {
      throw .exists(file)
    }
    let partial = database + ".partial"
    unlink(partial)
    defer { unlink(partial) }
    do {
      try FileManager.default.copyItem(atPath: path, toPath: partial)
    } catch {
      let isRoomLeft = Ballast.room(in: folder) > 1 << 20
      throw isRoomLeft ? .notACopy(path) : .full(folder: folder)
    }
    // What was copied is what is looked at, so that nothing can change in between.
    guard isCopy(partial) else { throw .notACopy(path) }
    try settle(partial)
    guard link(partial, database) == 0 else { throw .exists(database) }
    synchronise(folderOf: database)
  }

  /// Whether a file is a whole database of this release or an older one.
  static func isCopy(_ path: String) -> Bool {
    var configuration = Configuration()
    configuration.readonly = true
    guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else {
      return false
    }
    let isWhole = try? queue.read { database in
      let pages = try String.fetchAll(database, sql: "PRAGMA integrity_check(1)")
      let strays = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check")
      return try pages == ["ok"] && strays.isEmpty
        && !Schema.migrator.appliedIdentifiers(database).isEmpty
        && !Schema.migrator.hasBeenSuperseded(database)
    }
    return isWhole ?? false
  }

  private static func settle(_ path: String) throws(StorageError) {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw .disk(folder: path) }
    defer { close(descriptor) }
    guard fchmod(descriptor, 0o600) == 0, fsync(descriptor) == 0 else {
      throw .disk(folder: path)
    }
  }

  private static func synchronise(folderOf path: String) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

import Foundation
import GRDB

/// Everything that a daemon knows, in one SQLite file of its folder; commands open the same file beside it.
///
/// A write that returned is on the disk: `synchronous=FULL` in a write-ahead log.
public struct Store: Sendable {
  public let folder: String
  let pool: DatabasePool

  /// The file's name inside the folder.
  public static let fileName = "nevermore.sqlite"

  /// The database's own file.
  public var path: String { folder + "/" + Self.fileName }

  /// Opens the folder's database, making it where `create` allows that; an older one is brought up to date, after a copy of it was put
  /// beside it.
  public init(in folder: String, create: Bool) throws(StorageError) {
    self.folder = folder
    let path = folder + "/" + Self.fileName
    let exists = FileManager.default.fileExists(atPath: path)
    guard exists || create else { throw .missing(folder: folder) }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      pool = try DatabasePool(path: path, configuration: Self.configuration)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      try Self.upgrade(pool, in: folder, isNew: !exists)
    } catch let error as StorageError {
      throw error
    } catch {
      throw StorageError(error, folder: folder)
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.maximumReaderCount = 4
    configuration.prepareDatabase { database in
      // Of a new file alone: what was removed can be given back to the disk without a copy of the rest.
      if !database.configuration.readonly {
        try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
      }
      try database.execute(sql: "PRAGMA synchronous = FULL")
      try database.execute(sql: "PRAGMA foreign_keys = ON")
      try database.execute(sql: "PRAGMA journal_size_limit = 67108864")
    }
    return configuration
  }

  /// Later steps of the schema are only taken from a copy that can be gone back to.
  private static func upgrade(_ pool: DatabasePool, in folder: String, isNew: Bool) throws {
    let known = try pool.read { try Schema.migrator.appliedIdentifiers($0) }
    guard try pool.read(Schema.migrator.hasBeenSuperseded) == false else {
      throw StorageError.newer(folder: folder)
    }
    guard known.count < Schema.migrator.migrations.count else { return }
    if !isNew, !known.isEmpty {
      let copy = folder + "/before-\(Schema.migrator.migrations.last ?? "").sqlite"
      try? FileManager.default.removeItem(atPath: copy)
      try pool.vacuum(into: copy)
    }
    try Schema.migrator.migrate(pool)
  }

  /// Whether the pages of a folder's database are whole: reads all of them, and writes nothing, so that a damaged file stays as it is.
  /// A folder without a database has nothing that is damaged.
  public static func isWhole(in folder: String) -> Bool {
    let path = folder + "/" + fileName
    guard FileManager.default.fileExists(atPath: path) else { return true }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let answer = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
      return answer == "ok"
    } catch let error as DatabaseError {
      // What cannot be opened for another reason says so itself when it is opened.
      return ![.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
    } catch {
      return true
    }
  }

  /// A consistent copy as one file, beside work that goes on.
  public func copy(to path: String) throws(StorageError) {
    try storing { try pool.vacuum(into: path) }
  }

  /// What SQLite throws, as an error with this folder's name.
  func storing<Result>(_ work: () throws -> Result) throws(StorageError) -> Result {
    do { return try work() } catch { throw StorageError(error, folder: folder) }
  }
}

import GRDB

/// Why something could not be stored or read back.
public enum StorageError: Error, Equatable {
  case missing(folder: String)
  case newer(folder: String)
  /// The disk has no room; what was being written was not.
  case full(folder: String)
  /// The disk answered with an error.
  case disk(folder: String)
  case damaged(folder: String)
  case busy(folder: String)
  /// A lease ran out and somebody else has the case: nothing of the older holder counts any more.
  case fenced
  case nameTaken(String)
  /// SQLite's code, and its own words, which hold no values.
  case other(code: Int32, String)

  init(_ error: any Error, folder: String) {
    guard let error = error as? DatabaseError else {
      self = (error as? StorageError) ?? .other(code: -1, "\(type(of: error))")
      return
    }
    switch error.resultCode {
    case .SQLITE_FULL: self = .full(folder: folder)
    case .SQLITE_IOERR: self = .disk(folder: folder)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(folder: folder)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(folder: folder)
    default: self = .other(code: error.extendedResultCode.rawValue, error.message ?? "")
    }
  }
}

extension StorageError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let folder):
      "`\(folder)` holds no database\nhint: name the folder that `nevermore serve --data` was given"
    case .newer(let folder):
      "the database in `\(folder)` was written by a newer release\nhint: run that release, or restore a backup of this one"
    case .full(let folder):
      "the disk of `\(folder)` takes nothing more\nhint: make room; the daemon goes on by itself"
    case .disk(let folder):
      "the disk of `\(folder)` answers with errors\nhint: look at the system's log"
    case .damaged(let folder):
      "the database in `\(folder)` is damaged\nhint: `nevermore restore BACKUP --data DIR`, into another folder"
    case .busy(let folder):
      "the database in `\(folder)` is held by another program\nhint: try again, or end what holds it"
    case .fenced: "the case was taken over by another worker"
    case .nameTaken(let name):
      "there is a project `\(name)` already\nhint: choose another name, or see it with `nevermore project list`"
    case .other(let code, let words): "the database refused: \(words) (\(code))"
    }
  }
}

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
  /// A daemon has the folder already; its number, where that is known.
  case served(folder: String, process: Int32?)
  /// The folder does not let us in.
  case closed(folder: String)
  /// What is to be restored is no whole copy of a database of ours.
  case notACopy(String)
  /// What would be written over is there.
  case exists(String)
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

extension StorageError {
  /// Its class alone, without a path, for those who may know no more.
  public var reason: String {
    switch self {
    case .missing: "missing"
    case .newer: "newer"
    case .full: "full"
    case .disk: "disk"
    case .damaged, .notACopy: "damaged"
    case .busy, .served: "busy"
    case .closed: "closed"
    case .fenced, .nameTaken, .exists, .other: "other"
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
    case .served(let folder, let process):
      "`\(folder)` is served already\(process.map { ", by process \($0)" } ?? "")\nhint: end that daemon first, or name another folder"
    case .closed(let folder):
      "`\(folder)` does not let us in\nhint: run as the user that owns it"
    case .notACopy(let path):
      "`\(path)` is no whole copy of a database of this release or an older one\nhint: give a file that `nevermore backup` wrote"
    case .exists(let path):
      "`\(path)` is there already, and nothing is written over\nhint: name another place"
    case .fenced: "the case was taken over by another worker"
    case .nameTaken(let name):
      "there is a project `\(name)` already\nhint: choose another name, or see it with `nevermore project list`"
    case .other(let code, let words): "the database refused: \(words) (\(code))"
    }
  }
}

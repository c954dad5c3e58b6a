import Foundation

/// Why nothing was shipped.
public enum ShippingError: Error, Sendable, Hashable {
  case unacceptableFailure(String)
  case nothingToShip
  case protectedPath(String, reason: String)
  /// The base has something there already.
  case pathTaken(String)
  /// A parent of the path is a link, a file or a submodule at the base.
  case parentIsNoFolder(String, parent: String)
  /// A file that is to be removed, or changed by the test's commit, is not at the base.
  case missingFile(String)
  case branchEdited(String)
  case branchCheckedOut(String)
  /// Somebody wrote the branch between our look and our write.
  case branchMoved(String)
  case repository(RepositoryError)
}

extension ShippingError: CustomStringConvertible, LocalizedError {
  public var errorDescription: String? { description }

  /// Whether a rule forbids it (exit code 12), rather than the machine or the caller having failed.
  public var isRefusal: Bool {
    switch self {
    case .protectedPath, .pathTaken, .parentIsNoFolder, .branchEdited, .branchCheckedOut: true
    case .unacceptableFailure, .nothingToShip, .missingFile, .branchMoved, .repository: false
    }
  }

  public var description: String {
    switch self {
    case .unacceptableFailure(let failure):
      "`\(failure.inert)` is no failure's id: letters, digits, `-` and `_` make one, at most 80.\n"
        + "hint: this is our mistake; please report it"
    case .nothingToShip:
      "There is no file to ship.\nhint: this is our mistake; please report it"
    case .protectedPath(let path, let reason):
      "`\(path.inert)` is protected: \(reason).\n"
        + "hint: set `tests` to the folder of the suite; a fix there is for a person to make"
    case .pathTaken(let path):
      "`\(path.inert)` exists at the base, and an existing file is never overwritten.\n"
        + "hint: it may be an earlier test of this failure; whoever deletes or renames it decides"
    case .parentIsNoFolder(let path, let parent):
      "`\(path.inert)` cannot be added: `\(parent.inert)` is not a folder at the base.\n"
        + "hint: set `tests` to a real folder, not to a link or a submodule"
    case .missingFile(let path):
      "`\(path.inert)` is not there to be removed.\nhint: this is our mistake; please report it"
    case .branchEdited(let branch):
      "`\(branch.inert)` was edited by a person, and such a branch is never replaced.\n"
        + "hint: merge, rename or delete the branch, then run again"
    case .branchCheckedOut(let branch):
      "`\(branch.inert)` is checked out, and a checkout is never changed under its user.\n"
        + "hint: switch to another branch, then run again"
    case .branchMoved(let branch):
      "`\(branch.inert)` could not be written: another run wrote it at this moment, or a branch "
        + "named `nevermore` is in its way.\nhint: run again; rename the branch `nevermore`"
    case .repository(let error): error.description
    }
  }
}

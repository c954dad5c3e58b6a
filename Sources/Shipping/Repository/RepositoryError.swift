import Foundation

/// Why a repository could not be read.
public enum RepositoryError: Error, Sendable, Hashable {
  case notAFolder(String)
  case notARepository(String)
  case noCommits(String)
  case unacceptableRevision(String)
  case gitUnavailable
  case gitFailed(command: String, complaint: String)
  /// An object that the history names is not in the repository: a partial clone, or damage.
  case objectMissing(String)
  case destinationNotEmpty(String)
  case unwritable(String)
  case tooLarge(String, limit: Int)
  case tooManyFiles(String, limit: Int)
  case timedOut(seconds: Int)
  /// A call of the operating system failed with this `errno`.
  case machine(String, Int32)
}

extension RepositoryError: CustomStringConvertible, LocalizedError {
  public var errorDescription: String? { description }

  public var description: String {
    switch self {
    case .notAFolder(let path):
      "`\(path.inert)` is not a folder.\nhint: give the folder of a git checkout with --repo"
    case .notARepository(let path):
      "`\(path.inert)` is not in a git repository: no folder above it holds one.\n"
        + "hint: run `git init` and commit there, or give another folder with --repo"
    case .noCommits(let path):
      "`\(path.inert)` has no commit yet, so there is no tree to read.\n"
        + "hint: commit the code that failed first"
    case .unacceptableRevision(let name):
      "`\(name.inert)` is not accepted as a revision: only plain names of tags and branches and "
        + "commit ids are.\nhint: give the commit's id, as `git rev-parse` prints it"
    case .gitUnavailable:
      "`git` could not be started: no absolute folder of PATH holds it.\nhint: install git"
    case .gitFailed(let command, let complaint):
      "`git \(command)` failed: \(complaint)\n"
        + "hint: `git fsck` tells whether the repository is whole"
    case .objectMissing(let object):
      "`\(object.inert)` is not in the repository, and nothing is fetched: a repository's remotes "
        + "are not trusted.\n"
        + "hint: a partial clone is completed with `git fetch --refetch --no-filter`"
    case .destinationNotEmpty(let path):
      "`\(path.inert)` exists and is not an empty folder, and nothing is ever overwritten.\n"
        + "hint: name a folder that does not exist"
    case .unwritable(let path):
      "`\(path.inert)` could not be written.\nhint: is the disk full, or the folder read-only?"
    case .tooLarge(let what, let limit):
      "`\(what.inert)` gives more than \(limit) bytes.\n"
        + "hint: this limit guards against trees made to explode"
    case .tooManyFiles(let revision, let limit):
      "The tree of `\(revision.inert)` has more than \(limit) files.\n"
        + "hint: this limit guards against trees made to explode"
    case .timedOut(let seconds):
      "`git` gave no answer in \(seconds) s and was ended.\n"
        + "hint: is the disk or the machine overloaded?"
    case .machine(let call, let code):
      "`\(call)` failed: \(String(cString: strerror(code))).\n"
        + "hint: this is the machine, not the repository"
    }
  }
}

extension String {
  /// One line without control characters, for a message.
  var inert: String { InertText.line(self, limit: 200) }
}

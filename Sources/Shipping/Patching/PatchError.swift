import Foundation

/// Why a diff is no patch of this tree.
public enum PatchError: Error, Sendable, Hashable {
  /// No file section was found in the text.
  case noDiff
  /// What it says changes nothing.
  case empty
  case tooLarge(String, limit: Int)
  /// The line of the diff that cannot be read, and why.
  case malformed(line: Int, reason: String)
  /// A form of patch that is not served: a context diff, a combined diff, a reversed ed script.
  case unsupported(String, line: Int)
  case unsafePath(String, reason: String)
  case missingFile(String)
  case existingFile(String)
  /// The hunk counted from 1; `nil` where `git` did not say which.
  case doesNotApply(String, hunk: Int?, reason: String)
  case symbolicLink(String)
  case submodule(String)
  case modeChange(String)
  case binary(String)
  /// Lines of the file that the diff has to show are not UTF-8.
  case notUnicode(String)
  case repository(RepositoryError)
}

extension PatchError: CustomStringConvertible, LocalizedError {
  public var errorDescription: String? { description }

  public var description: String {
    switch self {
    case .noDiff:
      "The patch holds no unified diff: no file and no hunk was found in it.\n"
        + "hint: give the output of `git diff`, `git format-patch` or `diff -u`"
    case .empty:
      "The patch changes nothing: no file of it differs from the tree.\n"
        + "hint: is it in the tree already? Then give --at with the revision before it"
    case .tooLarge(let what, let limit):
      "The patch is too large: \(what.inert) is over the limit of \(limit).\n"
        + "hint: split it; what cannot be reviewed cannot be proven"
    case .malformed(let line, let reason):
      "Line \(line) of the patch cannot be read: \(reason.inert).\n"
        + "hint: give it whole, as `git diff` wrote it"
    case .unsupported(let form, let line):
      "Line \(line) of the patch starts \(form.inert), which is not served.\n"
        + "hint: make a unified diff, with `git diff` or `diff -u`"
    case .unsafePath(let path, let reason):
      "`\(path.inert)` in the patch is no file of the tree: \(reason.inert).\n"
        + "hint: paths in a patch are relative to the repository's root"
    case .missingFile(let path):
      "`\(path.inert)` is changed by the patch, but the tree has no such file.\n"
        + "hint: was it made at another revision, or in a folder below the root?"
    case .existingFile(let path):
      "`\(path.inert)` is added by the patch, but the tree has it already.\n"
        + "hint: was the patch applied before?"
    case .doesNotApply(let path, let hunk, let reason):
      "\(hunk.map { "Hunk \($0)" } ?? "The change") of `\(path.inert)` does not apply: "
        + "\(reason.inert).\nhint: make the patch at the revision that is judged, or give --at"
    case .symbolicLink(let path):
      "`\(path.inert)` is a symbolic link before or after the patch, and links are not patched.\n"
        + "hint: change the file that the link leads to"
    case .submodule(let path):
      "`\(path.inert)` is a submodule before or after the patch, and those are not patched.\n"
        + "hint: give the patch to the submodule's own repository"
    case .modeChange(let path):
      "`\(path.inert)` gets another mode by the patch, and only contents are judged.\n"
        + "hint: leave the mode out; change it in a commit of its own"
    case .binary(let path):
      "`\(path.inert)` is binary before or after the patch, and only text can be reviewed.\n"
        + "hint: leave the file out of the patch"
    case .notUnicode(let path):
      "`\(path.inert)` has lines beside the change that are not UTF-8, and a report must show them."
        + "\nhint: convert the file in a commit of its own first"
    case .repository(let error): error.description
    }
  }
}

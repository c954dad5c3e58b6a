import Failures
import Languages

/// What a patch does to the files of one repository, as trees where they are source.
struct ChangeSet: Sendable {
  /// Files of source, tests left out.
  var sources: [FileChange]
  /// Files of tests.
  var tests: [FileChange]
  /// Files that do not parse after the patch.
  var broken: [String]
  /// All that the patch names, with what each file is for.
  var roles: [String: Conventions.FileRole]
  var patch: Patch

  init(
    sources: [FileChange], tests: [FileChange] = [], broken: [String] = [],
    roles: [String: Conventions.FileRole] = [:], patch: Patch
  ) {
    self.sources = sources
    self.tests = tests
    self.broken = broken
    self.roles = roles
    self.patch = patch
  }

  init(of patch: Patch, before: Side, after: Side, _ conventions: Conventions) throws {
    self.patch = patch
    sources = []
    tests = []
    broken = []
    roles = [:]
    for path in patch.files.keys.sorted() {
      let role = conventions.role(path)
      roles[path] = role
      guard role == .source || role == .test else { continue }
      let old = try before.instruments.syntax(path, nil)
      let new = patch.files[path] == .some(nil) ? nil : try after.instruments.syntax(path, nil)
      if new == nil, patch.files[path] != .some(nil) {
        broken.append(path)
        continue
      }
      let change = FileChange(path: path, before: old.map(Syntax.init), after: new.map(Syntax.init))
      if role == .source { sources.append(change) } else { tests.append(change) }
    }
  }

  /// Functions that the patch touches and that exist before and after.
  var functions: [FunctionPlace] {
    sources.flatMap { change in
      change.functions.sorted().map { FunctionPlace(path: change.path, name: $0) }
    }
  }
}

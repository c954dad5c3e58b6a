import Foundation
import Languages
import Shipping
import Validating

/// The sources of a commit, chosen for mutation.
struct MutationSources {
  let workspace: Workspace
  let revision: Revision
  let conventions: Conventions
  private var repository: Repository { workspace.repository }

  /// The lines that a range changed, in files that are neither tests nor anything else but sources.
  func scope(changedIn range: RevisionRange) throws(CommandFailure) -> MutationScope {
    try Workspace.wrapping {
      MutationScope(
        try repository.changedPaths(in: range).filter(isSource).compactMap { path in
          let old = try repository.contents(of: path, at: range.base) ?? []
          let new = try repository.contents(of: path, at: range.end) ?? []
          return MutationScope.changed(
            path, from: String(decoding: old, as: UTF8.self),
            to: String(decoding: new, as: UTF8.self))
        })
    }
  }

  /// What `FILE`, `FILE:LINE` and `FILE:FIRST-LAST` name; without any, all sources outside the tests.
  func scope(lines: [String]) throws(CommandFailure) -> MutationScope {
    let paths = try Workspace.wrapping {
      try repository.paths(at: revision).filter { $0.kind == .file || $0.kind == .executable }.map(
        \.path)
    }
    if lines.isEmpty {
      return MutationScope(paths.filter(isSource).map { MutationScope.Part(path: $0) })
    }
    var chosen: [String: [ClosedRange<Int>]?] = [:]
    for text in lines {
      let (path, range) = try Self.place(text)
      guard paths.contains(path) else {
        throw CommandFailure(
          .usage,
          "`\(path)` is no file of the commit that is judged\nhint: paths are relative to the repository's root; commit the file first"
        )
      }
      try check(path, range)
      let known = chosen[path] ?? []
      chosen.updateValue(range.flatMap { range in known.map { $0 + [range] } }, forKey: path)
    }
    return MutationScope(
      chosen.keys.sorted().map { MutationScope.Part(path: $0, lines: chosen[$0] ?? nil) })
  }

  /// Refuses what can have no mutants, so that nobody takes "none survived" for an answer.
  private func check(_ path: String, _ range: ClosedRange<Int>?) throws(CommandFailure) {
    guard [.source, .test].contains(conventions.role(path)) else {
      throw CommandFailure(
        .usage, "`\(path)` is no source: nothing in it can be mutated\nhint: name a file of code")
    }
    guard let range else { return }
    let bytes = try Workspace.wrapping { try repository.contents(of: path, at: revision) } ?? []
    let count = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).count
    guard range.lowerBound <= count else {
      throw CommandFailure(
        .usage,
        "`\(path)` has no line \(range.lowerBound): it ends with line \(count)\nhint: lines are those of the commit that is judged"
      )
    }
  }

  /// Refuses tests that the commit does not have.
  func check(tests: [String]) throws(CommandFailure) {
    let paths = try Workspace.wrapping { try repository.paths(at: revision).map(\.path) }
    for test in tests {
      let file = test.split(separator: ":").first.map(String.init) ?? test
      let folder = file.hasSuffix("/") ? file : file + "/"
      guard paths.contains(where: { $0 == file || $0.hasPrefix(folder) }) else {
        throw CommandFailure(
          .usage,
          "`\(test)` names no test of the commit that is judged\nhint: `--tests tests/test_prices.py`, or with `::` and the test's name; commit the file first"
        )
      }
    }
  }

  private static func place(
    _ text: String
  ) throws(CommandFailure) -> (path: String, lines: ClosedRange<Int>?) {
    guard let match = text.wholeMatch(of: /(.+):([0-9]+)(?:-([0-9]+))?/) else {
      guard text.contains(":") else { return (text, nil) }
      throw unreadable(text)
    }
    guard let first = Int(match.2), let last = match.3.map({ Int($0) }) ?? first, first > 0,
      first <= last
    else { throw unreadable(text) }
    return (String(match.1), first...last)
  }

  private static func unreadable(_ text: String) -> CommandFailure {
    CommandFailure(.usage, "`\(text)` names no lines\nhint: `--lines shop/prices.py:10-24`")
  }

  private func isSource(_ path: String) -> Bool {
    guard conventions.role(path) == .source,
      !path.split(separator: "/").contains(where: { $0.hasPrefix(".") })
    else { return false }
    let folder = path.split(separator: "/").first.map(String.init) ?? ""
    let tests = workspace.settings.tests.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
    return !Self.besides.contains(folder) && tests.map(path.hasPrefix) != true
  }

  /// Folders whose code shows or measures the program.
  private static let besides: Set = ["docs", "doc", "examples", "benchmarks", "bench"]

  /// What the person who reads the result should know of the tree that was judged.
  func warnings(about scope: MutationScope, isHead: Bool) -> [String] {
    guard isHead else { return [] }
    let changed = scope.parts.map(\.path).filter { path in
      let committed = try? repository.contents(of: path, at: revision)
      let present = FileManager.default.contents(atPath: "\(workspace.root)/\(path)")
      // Checkouts may have other line ends than commits.
      func lines(_ bytes: [UInt8]) -> [UInt8] { bytes.filter { $0 != UInt8(ascii: "\r") } }
      return committed.map(lines) != present.map { lines(Array($0)) }
    }
    guard let first = changed.first else { return [] }
    let others = changed.count > 1 ? " and \(changed.count - 1) more" : ""
    return [
      "`\(first)`\(others) differs in the work tree from HEAD, which is what was judged; commit it to judge it"
    ]
  }
}

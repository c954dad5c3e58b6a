import Interchange
import Languages

extension PythonRepository {
  /// Seventeen forks and three fresh processes, on a copy of the tree.
  func rerun(_ text: TestText) throws -> [Rerun] {
    var files = text.fixtures
    files[text.path] = text.source
    let isUnittest = text.source.contains("import unittest\n")
    let answer = try inCopy { copy in
      try copy.kit.ask(
        "rerun",
        [
          .init("files", Self.texts(files)), .init("path", .string(text.path)),
          .init("framework", .string(isUnittest ? "unittest" : "pytest")),
          .init("seconds", .double(Self.testSeconds)),
        ], seconds: Self.testSeconds * 11)
    }
    let forked = (answer["records"]?.items ?? []).compactMap { Self.rerun($0, isFresh: false) }
    let fresh = (answer["fresh"]?.items ?? []).compactMap { Self.rerun($0, isFresh: true) }
    return forked + fresh
  }

  private static func rerun(_ record: JSON, isFresh: Bool) -> Rerun? {
    guard let circumstances = record["circumstances"]?.text else { return nil }
    return Rerun(
      circumstances: circumstances, isFresh: isFresh,
      result: TestRunReport.Result(rawValue: record["result"]?.text ?? "") ?? .error)
  }
}

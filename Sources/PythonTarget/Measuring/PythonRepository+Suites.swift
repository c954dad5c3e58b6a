import Foundation
import Interchange
import Languages

extension PythonRepository {
  /// The suite, or some of it, on a copy of the tree: what tests write stays there.
  func runSuite(_ request: SuiteRequest) throws -> SuiteReport {
    let started = Date()
    let answer = try inCopy { copy in
      try copy.kit.ask(
        "suite",
        [
          .init("tests", request.tests.map { .array($0.map { .string($0) }) } ?? .null),
          .init("files", Self.texts(request.files)),
          .init("record", .array(request.record.map { [.string($0.path), .string($0.name)] })),
          .init("seconds", .double(request.seconds)), .init("folder", .optional(settings.tests)),
        ], seconds: request.seconds * 3 + 60)
    }
    var report = SuiteRecords(answer).report
    report.seconds = Date().timeIntervalSince(started)
    return report
  }

  static func texts(_ files: [String: String]) -> JSON {
    .object(files.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) })
  }
}

/// What a run of the suite told line by line.
struct SuiteRecords {
  private let answer: JSON
  private let records: [JSON]

  init(_ answer: JSON) {
    self.answer = answer
    records = answer["records"]?.items ?? []
  }

  var report: SuiteReport {
    let cases = records.compactMap(testCase)
    let collected = records.last { $0["collected"] != nil }?["collected"]?.items?.count
    return SuiteReport(
      cases: cases, calls: records.compactMap(call),
      isComplete: collected == cases.count && trouble == nil, trouble: trouble)
  }

  /// What the loader said; or how the run ended where it told of nothing.
  private var trouble: String? {
    let told = records.compactMap { $0["trouble"]?.text }
    if !told.isEmpty { return told.prefix(5).joined(separator: "; ") }
    if answer["code"]?.text == "timeout" { return nil }
    if records.contains(where: { $0["end"] != nil }) {
      return records.contains { $0["case"] != nil } ? nil : "no test was found"
    }
    let lines = (answer["output"]?.text ?? "").split(separator: "\n").map(String.init)
    return "the run ended with code \(answer["code"]?.integer ?? 0): \(lines.last ?? "no output")"
  }

  private func testCase(_ record: JSON) -> SuiteReport.Case? {
    guard let name = record["case"]?.text else { return nil }
    return SuiteReport.Case(
      identifier: name,
      result: TestRunReport.Result(rawValue: record["result"]?.text ?? "") ?? .error,
      seconds: record["seconds"]?.double ?? 0, exception: record["exception"]?.text,
      lines: Self.lines(record["lines"]))
  }

  private func call(_ record: JSON) -> CallRecord? {
    guard let name = record["call"]?.text, let path = record["path"]?.text else { return nil }
    return CallRecord(
      function: FunctionPlace(path: path, name: name), test: record["test"]?.text ?? "",
      input: record["input"]?.text ?? "", result: record["result"]?.text,
      resultType: record["type"]?.text, raised: record["raised"]?.text,
      inputAfter: record["after"]?.text ?? "",
      effects: (record["effects"]?.items ?? []).compactMap(\.text),
      isExact: record["exact"]?.bool ?? false)
  }

  private static func lines(_ record: JSON?) -> [String: Set<Int>] {
    let pairs = (record?.members ?? []).map {
      ($0.key, Set(($0.value.items ?? []).compactMap(\.integer)))
    }
    return Dictionary(pairs) { $0.union($1) }
  }
}

import Failures
import Languages

/// The suite on both sides of a patch: results compared with a baseline, never with green.
struct SuiteComparison: Sendable {
  private(set) var before: SuiteReport?
  private(set) var after: SuiteReport?
  /// Why there is nothing to compare; `nil` where there is.
  private(set) var trouble: String?
  /// Tests that differ between two runs of the same side.
  private(set) var unstable: Set<String> = []
  private(set) var regressions: [String] = []
  private(set) var failingNew: [String] = []
  /// Calls of a second run without the patch.
  private var again: [CallRecord]?
  let test: RegressionTest
  let changes: ChangeSet

  init(
    test: RegressionTest, changes: ChangeSet, before: Side, after: Side, seconds: Double,
    isSkipped: Bool
  ) throws {
    self.test = test
    self.changes = changes
    guard !isSkipped else {
      trouble = "An earlier gate failed."
      return
    }
    do { try run(before, after, seconds) } catch {
      trouble = "The suite could not be run: \(error)"
    }
  }

  private mutating func run(_ old: Side, _ new: Side, _ seconds: Double) throws {
    var files = test.text.fixtures
    files[test.text.path] = test.text.source
    var request = SuiteRequest(
      files: files, record: changes.functions, seconds: seconds)
    let whole = request
    var (after, before) = try Concurrently.both(
      { try new.instruments.runSuite(whole) }, { try old.instruments.runSuite(whole) })
    self.before = before
    guard cases(before).contains(where: { $0.result == .passed }) else {
      let failing = cases(before).count
      trouble =
        failing == 0
        ? "The repository has no suite that runs\(before.trouble.map { ": \($0.brief)" } ?? "")."
        : "None of \(failing.of("test")) of the suite passes without the patch."
      return
    }
    if before.isCut {
      // What ran before the time was up, covering tests first.
      let covering = Set(covering(before))
      request.tests =
        cases(before).sorted {
          covering.contains($0.identifier) && !covering.contains($1.identifier)
        }
        .map(\.identifier) + [test.text.path]
      after = try new.instruments.runSuite(request)
    }
    self.after = after
    compare(before, after)
    try settle(old, new, request)
    let doubtful = Set(calls?.differences.map(\.test) ?? []).sorted()
    guard !doubtful.isEmpty else { return }
    request.tests = doubtful
    again = try old.instruments.runSuite(request).calls
  }

  private mutating func compare(_ before: SuiteReport, _ after: SuiteReport) {
    let results = Dictionary(
      cases(after).map { ($0.identifier, $0.result) }, uniquingKeysWith: { first, _ in first })
    regressions = cases(before).filter { $0.result == .passed }.map(\.identifier).filter { name in
      switch results[name] {
      case .passed: false
      case nil: !after.isCut
      default: true
      }
    }
    let known = Set(cases(before).map(\.identifier))
    failingNew = cases(after).filter {
      !known.contains($0.identifier) && ($0.result == .failed || $0.result == .error)
    }.map(\.identifier)
  }

  /// Tests that fail only after are run again on both sides: what differs from itself is set aside.
  private mutating func settle(_ old: Side, _ new: Side, _ request: SuiteRequest) throws {
    guard !regressions.isEmpty, regressions.count <= 200 else { return }
    var again = request
    again.record = []
    again.tests = regressions
    let before = Self.results(try old.instruments.runSuite(again))
    let after = Self.results(try new.instruments.runSuite(again))
    unstable.formUnion(regressions.filter { (before[$0] ?? .passed) != .passed })
    let passing = regressions.filter { after[$0] == .passed && !unstable.contains($0) }
    if !passing.isEmpty {
      // Alone they pass: the whole run decides, once more.
      again.tests = request.tests
      let whole = Self.results(try new.instruments.runSuite(again))
      unstable.formUnion(passing.filter { whole[$0] == .passed })
    }
    regressions.removeAll(where: unstable.contains)
  }

  private static func results(_ report: SuiteReport) -> [String: TestRunReport.Result] {
    Dictionary(
      report.cases.map { ($0.identifier, $0.result) }, uniquingKeysWith: { first, _ in first })
  }

  /// The cases without those of the new test.
  private func cases(_ report: SuiteReport) -> [SuiteReport.Case] {
    report.cases.filter { !$0.identifier.hasPrefix(test.text.path) }
  }

  /// Tests that run a line that the patch takes away or stands beside.
  private func covering(_ report: SuiteReport) -> [String] {
    cases(report).filter { one in
      changes.sources.contains { change in
        let lines = change.before.map { change.coverable(in: $0) } ?? []
        return !(one.lines[change.path] ?? []).isDisjoint(with: lines)
      }
    }.map(\.identifier)
  }

  // MARK: what others need

  /// Tests that pass on both sides and run the changed functions.
  var witnesses: [String] {
    guard let before, let after else { return [] }
    let passing = Set(cases(after).filter { $0.result == .passed }.map(\.identifier))
    return covering(before).filter { passing.contains($0) && !unstable.contains($0) }
  }

  var calls: CallComparison? {
    guard let before, let after else { return nil }
    return CallComparison(
      before: before.calls.filter { !$0.test.hasPrefix(test.text.path) },
      after: after.calls.filter { !$0.test.hasPrefix(test.text.path) }, unstable: unstable,
      failure: test.reproduction.certificate.exception, again: again)
  }

  // MARK: the gate

  func gate() -> Gate {
    guard let before, let after, trouble == nil else {
      return Gate(.suite, .notRun, trouble ?? "The suite was not run.")
    }
    let passed = cases(before).filter { $0.result == .passed }.map(\.identifier)
    let bad = regressions + failingNew
    if let first = bad.first {
      let words =
        regressions.isEmpty
        ? "\(failingNew.count.of("test")) that the patch adds fail, `\(first)` first."
        : "\(regressions.count) of \(passed.count.of("test")) that passed before fail with the patch, `\(first)` first."
      return Gate(.suite, .failed, words, details: Array(bad.prefix(20)))
    }
    var details: [String] = []
    let failing = cases(before).count { $0.result == .failed || $0.result == .error }
    if failing > 0 {
      details.append("\(failing.of("test")) failed before already: compared, not demanded")
    }
    if !unstable.isEmpty {
      details.append("set aside as flaky: \(unstable.sorted().prefix(10).joined(separator: ", "))")
    }
    let seen = Set(cases(after).map(\.identifier))
    let leftOut = passed.count { !seen.contains($0) }
    if let trouble = before.trouble {
      details.append("not everything could be collected: \(trouble.brief)")
    }
    if leftOut > 0 || before.isCut {
      details.append(
        leftOut > 0
          ? "\(leftOut.of("test")) left out: the time was up"
          : "the time was up before all tests had run")
    }
    let covering = covering(before)
    guard !covering.isEmpty else {
      return Gate(
        .suite, .notRun,
        "\(passed.count.of("test")) pass as before, but none of them runs what the patch changes.",
        details: details)
    }
    return Gate(
      .suite, .passed,
      "All \(passed.count - unstable.count - leftOut) tests that passed before pass after; \(covering.count) of them \(covering.count == 1 ? "runs" : "run") what the patch changes.",
      details: details)
  }
}

extension FileChange {
  /// Lines before the change that a test has to run to have seen the changed code: those taken away, and the bodies of the
  /// functions in which the change stands.
  func coverable(in before: Syntax) -> Set<Int> {
    var lines = removedLines
    let functions = before.functions
    for name in self.functions {
      guard let function = functions[name] else { continue }
      for statement in before.children(function, .body) {
        lines.formUnion(before.node(statement).span.lines)
      }
    }
    return lines
  }
}

extension SuiteReport {
  /// Whether the time was up before all had run.
  fileprivate var isCut: Bool { !isComplete && trouble == nil }
}

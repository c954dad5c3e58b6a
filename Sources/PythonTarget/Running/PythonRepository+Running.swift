import Failures
import Interchange
import Languages

extension RaisedException {
  /// The exception without the frames of one file.
  fileprivate func without(path: String) -> RaisedException {
    var changed = self
    changed.frames.removeAll { $0.repositoryPath == path }
    return changed
  }
}

extension PythonRepository {
  /// Seconds that one trial may take.
  static let trialSeconds = 10.0
  /// Seconds that one test in a fresh process may take.
  static let testSeconds = 60.0

  func run(_ program: Program) throws -> TrialReport { try run(program, days: 0) }

  func run(_ program: Program, days: Int) throws -> TrialReport {
    if !program.fixtures.isEmpty { return try runWithFixtures(program, days: days) }
    let source: String
    do {
      source = try PythonPrinter().program(program)
    } catch {
      return TrialReport(outcome: .unusable("it cannot be written: \(error)"))
    }
    warmModules.warm(program.modules, in: kit)
    do {
      let answer = try kit.ask(
        "run",
        [
          .init("source", .string(source)), .init("seconds", .double(Self.trialSeconds)),
          .init("days", .integer(days)),
        ],
        seconds: Self.trialSeconds + 20)
      return trialReport(answer)
    } catch KitError.ended {
      // The target took the whole interpreter with it: that is what this trial did.
      return TrialReport(outcome: .ended("the interpreter was ended"))
    }
  }

  /// A program that needs the suite's fixtures runs as a test.
  private func runWithFixtures(_ program: Program, days: Int) throws -> TrialReport {
    let style = try self.style()
    guard style.framework == .pytest else {
      return TrialReport(outcome: .unusable("the suite has no fixtures"))
    }
    let plan = TestPlan(
      style: style, path: style.folder + "/test_nevermore_trial.py", name: "trial", comment: [],
      program: program, expectation: .noFailure(allowed: []))
    let text: TestText
    do {
      text = try PythonPrinter(lineLength: 88).test(plan)
    } catch {
      return TrialReport(outcome: .unusable("it cannot be written: \(error)"))
    }
    let report = try test(text, marked: false, operation: "trial", days: days)
    switch report.result {
    case .passed: return TrialReport(outcome: .returned(type: ""))
    case .failed:
      return TrialReport(
        outcome: .raised(report.exceptions.map { $0.without(path: plan.path) }),
        effects: report.effects, reads: report.reads)
    default: return TrialReport(outcome: .unusable("its test ended as \(report.result.rawValue)"))
    }
  }

  func runTest(_ text: TestText, _ marked: Bool) throws -> TestRunReport {
    try test(text, marked: marked, operation: "test")
  }

  private func test(
    _ text: TestText, marked: Bool, operation: String, days: Int = 0
  ) throws -> TestRunReport {
    var files = [JSON.Member(text.path, .string(text.source))]
    files += text.fixtures.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) }
    let answer = try kit.ask(
      operation,
      [
        .init("files", .object(files)), .init("path", .string(text.path)),
        .init(
          "framework", .string(text.source.contains("import unittest\n") ? "unittest" : "pytest")),
        .init("seconds", .double(Self.testSeconds)), .init("marked", .bool(marked)),
        .init("days", .integer(days)),
      ], seconds: Self.testSeconds * 2 + 30)
    let exceptions = (answer["raised"]?.items ?? []).flatMap { $0.items ?? [] }.compactMap(raised)
    return TestRunReport(
      result: TestRunReport.Result(rawValue: answer["result"]?.text ?? "") ?? .error,
      exceptions: exceptions, output: answer["output"]?.text ?? "",
      effects: (answer["effects"]?.items ?? []).compactMap(\.text))
  }

  // MARK: reports

  func trialReport(_ answer: JSON) -> TrialReport {
    let seconds = answer["seconds"]?.double ?? 0
    if let type = answer["returned"]?.text {
      return TrialReport(outcome: .returned(type: type), seconds: seconds)
    }
    if let chain = answer["raised"]?.items {
      return TrialReport(
        outcome: .raised(chain.compactMap(raised)), seconds: seconds,
        crashState: (answer["state"]?.items ?? []).compactMap(operand),
        effects: (answer["effects"]?.items ?? []).compactMap(\.text), reads: Self.reads(answer))
    }
    if answer["timedOut"]?.bool == true { return TrialReport(outcome: .timedOut, seconds: seconds) }
    if let how = answer["ended"]?.text {
      return TrialReport(outcome: .ended(how), seconds: seconds)
    }
    return TrialReport(
      outcome: .unusable(answer["unusable"]?.text.map { String($0.prefix(120)) } ?? "no report"),
      seconds: seconds)
  }

  private static func reads(_ answer: JSON) -> [[Int]] {
    (answer["reads"]?.items ?? []).map { ($0.items ?? []).compactMap(\.integer) }
  }

  private func raised(_ record: JSON) -> RaisedException? {
    guard let type = record["type"]?.text else { return nil }
    let frames = (record["frames"]?.items ?? []).compactMap { frame -> RunFrame? in
      guard let parts = frame.items, parts.count == 3 else { return nil }
      return RunFrame(
        repositoryPath: parts[0].text, function: parts[1].text ?? "", line: parts[2].integer ?? 0)
    }
    return RaisedException(
      type: type, module: record["module"]?.text ?? "",
      lineage: (record["lineage"]?.items ?? []).compactMap(\.text),
      message: record["message"]?.text ?? "", frames: frames,
      missingVariable: record["variable"]?.text)
  }

  private func operand(_ record: JSON) -> OperandState? {
    guard let source = record["source"]?.text,
      let condition = OperandState.Condition(rawValue: record["condition"]?.text ?? "")
    else { return nil }
    return OperandState(
      source: source, condition: condition, type: record["type"]?.text ?? "",
      depth: record["depth"]?.integer ?? 0)
  }

  // MARK: tests

  func style() throws -> SuiteStyle {
    let answer = try kit.ask("style", [.init("folder", .optional(settings.tests))])
    return SuiteStyle(
      framework: SuiteStyle.Framework(rawValue: answer["framework"]?.text ?? "") ?? .pytest,
      folder: answer["folder"]?.text ?? "tests",
      filePattern: answer["suffix"]?.bool == true ? .suffix : .prefix,
      lineLength: answer["lineLength"]?.integer ?? 88,
      fixtures: (answer["fixtures"]?.members ?? []).map(\.key),
      files: (answer["files"]?.items ?? []).compactMap(\.text))
  }

  /// A program that needs the suite's fixtures is shown as a test.
  func source(_ program: Program) throws -> String {
    if program.fixtures.isEmpty {
      return try PythonPrinter().program(program).replacing(
        PythonPrinter.resultName + " = ", with: "")
    }
    let plan = TestPlan(
      style: try style(), path: "test_reproduction.py", name: "reproduction", comment: [],
      program: program, expectation: .noFailure(allowed: []))
    return try PythonPrinter().test(plan).source
  }

  func print(_ plan: TestPlan) throws -> TestText {
    try PythonPrinter(lineLength: plan.style.lineLength).test(plan)
  }

  /// `Mock()`, or a `Mock` whose methods answer.
  static func blank(_ type: Symbol) -> Expression {
    .call(.attribute(.symbol(type), "__new__"), [Argument(.positional, .symbol(type))])
  }

  /// A collection of the kit's own, which answers as the one that it was made of.
  static func noting(_ number: Int, _ collection: Expression) -> Expression {
    .call(
      .symbol(Symbol(module: "\(Kit.package).touch", path: ["traced"])),
      [Argument(.positional, .value(.integer("\(number)"))), Argument(.positional, collection)])
  }

  static func double(_ answers: [String: Expression]) -> Expression {
    let mock = Expression.symbol(Symbol(module: "unittest.mock", path: ["Mock"]))
    guard !answers.isEmpty else { return .call(mock, []) }
    let pairs = answers.sorted { $0.key < $1.key }.map {
      ExpressionPair(key: .value(.string($0.key + ".return_value")), value: $0.value)
    }
    return .call(mock, [Argument(.namedSpread, .map(pairs))])
  }
}

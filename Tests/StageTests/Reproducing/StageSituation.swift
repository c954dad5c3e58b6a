import Failures
import Languages

@testable import Reproducing

/// Events, functions and sessions for the stages, made of values and closures.
enum StageSituation {
  static func frame(
    _ path: String?, _ function: String, line: Int = 1, _ variables: [NamedValue] = [],
    before: [String] = [], source: String? = nil, after: [String] = []
  ) -> Frame {
    Frame(
      file: path ?? "service.py", function: function, line: line, linesBefore: before,
      sourceLine: source, linesAfter: after, variables: variables,
      origin: path.map { .repository($0) } ?? .elsewhere)
  }

  static func event(_ frames: [Frame]) -> FailureEvent {
    event("ValueError", "bad value 1", frames)
  }

  static func event(
    _ type: String, _ message: String, module: String? = nil, _ frames: [Frame]
  ) -> FailureEvent {
    FailureEvent(
      identifier: "e1", platform: "python",
      exceptions: [ExceptionRecord(type: type, module: module, message: message, frames: frames)])
  }

  static func evidence(
    _ type: String, _ message: String, _ frames: [Frame],
    functions: [String: FunctionDescription] = [:]
  ) throws -> Evidence {
    let session = session(functions: functions)
    guard let evidence = try Evidence(of: event(type, message, frames), in: session) else {
      throw Nothing()
    }
    return evidence
  }

  struct Nothing: Error {}

  static func raised(_ frames: [(String?, String)]) -> RaisedException {
    raised("ValueError", "bad value 2", frames)
  }

  static func raised(_ type: String, _ frames: [(String?, String)]) -> RaisedException {
    raised(type, "bad value 2", frames)
  }

  static func raised(
    _ type: String, _ message: String, _ frames: [(String?, String)], lineage: [String] = []
  ) -> RaisedException {
    RaisedException(
      type: type, module: "builtins", lineage: lineage, message: message,
      frames: frames.map { RunFrame(repositoryPath: $0.0, function: $0.1, line: 1) })
  }

  static func function(
    _ name: String, module: String = "shop.pricing", owner: [String] = [],
    role: FunctionDescription.Role = .function, _ parameters: [Parameter] = [],
    body: [Statement] = [], isLazy: Bool = false, isAsynchronous: Bool = false,
    returns: Expression? = nil
  ) -> FunctionDescription {
    FunctionDescription(
      symbol: Symbol(module: module, path: owner + [name]), role: role,
      definition: FunctionDefinition(
        name: name, parameters: parameters, isAsynchronous: isAsynchronous, returns: returns,
        body: body),
      isLazy: isLazy, path: String(module.map { $0 == "." ? "/" : $0 }) + ".py", lines: 1...100)
  }

  /// A session in which `names` mean what is said and everything else means nothing.
  static func session(
    functions: [String: FunctionDescription] = [:], names: [String: Meaning] = [:],
    types: [String: TypeDescription] = [:],
    parse: @escaping @Sendable ([String], Int) -> [Statement] = { _, _ in [] },
    run: @escaping @Sendable (Program) -> TrialReport = { _ in
      TrialReport(outcome: .returned(type: "int"))
    },
    runTest: @escaping @Sendable (TestText, Bool) -> TestRunReport = { _, _ in
      TestRunReport(result: .passed)
    },
    style: SuiteStyle = SuiteStyle(framework: .pytest, folder: "tests"),
    print: @escaping @Sendable (TestPlan) throws -> TestText = {
      TestText(path: $0.path, source: "\($0.expectation) \($0.knownIssue ?? "")")
    }
  ) -> TargetSession {
    TargetSession(
      locate: { $0.map { functions[$0.function] } }, parse: parse,
      resolve: { wanted, _ in names.filter { wanted.contains($0.key) } },
      findType: { types[$0] }, handlers: { _ in [] }, nature: { _ in .other }, run: run,
      runTest: runTest, source: { "\($0)" }, print: print, style: { style },
      requestProgram: { _ in [] },
      shownRequest: { _ in nil }, requestObject: { _ in nil },
      double: { _ in .call(.symbol(Symbol(module: "unittest.mock", path: ["Mock"])), []) },
      search: { _ in [] })
  }
}

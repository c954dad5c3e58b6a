import Failures
import Languages
import PythonTarget
import Repairing

/// A small program that fails in a real interpreter, and what the templates and the loop make of it.
struct MendingScene {
  let repository: RealRepository
  let session: TargetSession
  let instruments: Instruments
  let test: RegressionTest

  /// `files` with a module `shop`; the entry is a call of one of its functions.
  init(_ files: [String: String], _ function: String, _ arguments: [CapturedValue]) throws {
    repository = try RealRepository(files)
    session = repository.target.session()
    instruments = repository.target.instruments()
    let program = Program(
      entry: .call(
        .symbol(Symbol(module: "shop", path: function.split(separator: ".").map(String.init))),
        arguments.map { Argument(.positional, .value($0)) }))
    let raised = try instruments.observe([program], [:])[0].report.exception!
    let frames = raised.frames.filter { $0.repositoryPath != nil }
    let path = try session.locate(
      frames.map {
        SourcePosition(path: $0.repositoryPath!, function: $0.function, line: $0.line)
      })
    let certificate = Certificate(
      exception: raised.type, messageShape: FailureSignature.shape(of: raised.message),
      innermost: frames.last.map { "\($0.repositoryPath!):\($0.function)" },
      path: frames.map { "\($0.repositoryPath!):\($0.function)" }, runs: 3, of: 3,
      counterfactual: .noInput)
    let event = FailureEvent(identifier: "1", platform: "python")
    let reproduction = Reproduction(
      event: event,
      signature: FailureSignature(
        exception: raised.type, message: raised.message, innermost: certificate.innermost),
      strategy: .callerSource,
      entry: "shop:\(function)", program: program, certificate: certificate,
      path: path.compactMap(\.self), lineage: raised.lineage, oracleCalls: 1, sufficiency: 1)
    let text = TestText(path: "tests/test_it.py", source: "", fixtures: [:])
    test = RegressionTest(
      reproduction: reproduction, style: SuiteStyle(framework: .pytest, folder: "tests"),
      text: text, marked: text, rung: .noFailure, reason: "")
  }

  /// What the loop accepts where every judge says yes: the changed text of `shop.py`.
  func mended() throws -> RepairLoop.Outcome {
    let templates = Templates(test: test, session: session, instruments: instruments)
    let loop = try RepairLoop(reproduction: test.reproduction, instruments: instruments) {
      (
        Patch(diff: "", files: [:], origin: $0.origin),
        Verdict(decision: .accepted, gates: [])
      )
    }
    return try loop.run(templates.proposals()) {
      try templates.furthered($0, raised: $1, states: $2)
    }
  }
}

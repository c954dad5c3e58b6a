import Failures
import Languages
import Testing

@testable import Validating

/// What the test says of a patch where it still fails as before.
@Suite struct RedThenGreenTests {
  /// Production was in `shop/a.py:total`, which called `shop/b.py:mean`, where the new test starts.
  private static func gate(whereTestRuns path: [String]) throws -> Gate {
    var test = JudgedSides.test
    test.reproduction.certificate.path = path
    test.reproduction.certificate.innermost = path.last
    test.reproduction.event.exceptions = [
      ExceptionRecord(
        type: "KeyError", message: "'a'",
        frames: [
          Frame(file: "shop/a.py", function: "total", line: 2, origin: .repository("shop/a.py")),
          Frame(file: "shop/b.py", function: "mean", line: 7, origin: .repository("shop/b.py")),
        ])
    ]
    let raised = RaisedException(
      type: "KeyError", module: "builtins", lineage: ["KeyError"], message: "'a'",
      frames: path.map { place in
        let parts = place.split(separator: ":").map(String.init)
        return RunFrame(repositoryPath: parts[0], function: parts[1], line: 1)
      })
    test.reproduction.certificate.messageShape = FailureSignature.shape(of: raised.message)
    let side = JudgedSides.side(runTest: { _, _ in
      TestRunReport(result: .failed, exceptions: [raised])
    })
    return try RedThenGreen(
      test: test, changes: JudgedSides.changes, before: side, after: side
    ).gate()
  }

  @Test func `a patch of what the test runs, with which it fails as before, fails`() throws {
    let gate = try Self.gate(whereTestRuns: ["shop/a.py:total", "shop/b.py:mean"])
    #expect(gate.result == .failed)
    #expect(gate.evidence.contains("for the same cause as before"))
  }

  @Test func `of a patch above the function where it starts it can say nothing`() throws {
    let gate = try Self.gate(whereTestRuns: ["shop/b.py:mean"])
    #expect(gate.result == .notRun)
    #expect(gate.evidence.contains("below `total`"))
  }
}

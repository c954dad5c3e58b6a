import Failures
import Languages

@testable import Validating

/// Both sides of a patch, made of values and closures.
enum JudgedSides {
  static let test = RegressionTest(
    reproduction: Reproduction(
      event: FailureEvent(identifier: "e1", platform: "python"),
      signature: FailureSignature(
        exception: "KeyError", message: "", innermost: "shop/a.py:total"),
      strategy: .frameCall, entry: "shop.a:total",
      program: Program(
        entry: .call(
          .symbol(Symbol(module: "shop.a", path: ["total"])),
          [Argument(.positional, .value(.string("order")))])),
      certificate: Certificate(
        exception: "KeyError", messageShape: "#", innermost: "shop/a.py:total",
        path: ["shop/a.py:total"], runs: 3, of: 3, counterfactual: .noInput),
      path: [], oracleCalls: 1, sufficiency: 1),
    style: SuiteStyle(framework: .pytest, folder: "tests"),
    text: TestText(path: "tests/test_new.py", source: ""),
    marked: TestText(path: "tests/test_new.py", source: ""), rung: .noFailure, reason: "")

  struct NotAsked: Error {}

  static func side(
    suite: @escaping @Sendable (SuiteRequest) throws -> SuiteReport = { _ in throw NotAsked() },
    observe: @escaping @Sendable ([Program], [String: String]) throws -> [Observation] = { _, _ in
      throw NotAsked()
    },
    runTest: @escaping @Sendable (TestText, Bool) -> TestRunReport = { _, _ in
      TestRunReport(result: .passed)
    }
  ) -> Side {
    Side(
      session: StageSituation.session(runTest: runTest),
      instruments: Instruments(
        notation: .sketch, syntax: { _, _ in nil }, observe: observe, runSuite: suite,
        mutate: { _ in throw NotAsked() }, rerun: { _ in throw NotAsked() }))
  }

  /// A change of one line in `total`, which stands on lines 1 to 3.
  static let changes: ChangeSet = {
    let changes = ChangeSet(
      sources: [
        FileChange(
          path: "shop/a.py", before: Syntax(file("    old\n")), after: Syntax(file("    new\n")))
      ], patch: Patch(diff: "", files: [:], origin: .person))
    return changes
  }()

  private static func file(_ body: String) -> SourceFile {
    let text = "def total():\n" + body + "    end\n"
    func node(
      _ kind: SourceNode.Kind, _ label: String, _ bytes: Range<Int>, _ lines: ClosedRange<Int>,
      _ children: [SourceNode] = []
    ) -> SourceNode {
      SourceNode(
        kind, label: label, role: .body, span: SourceSpan(bytes: bytes, lines: lines, column: 0),
        children: children)
    }
    let root = node(
      .module, "", 0..<text.utf8.count, 1...3,
      [
        node(
          .function, "total", 0..<text.utf8.count, 1...3,
          [node(.evaluate, "", 17..<20, 2...2), node(.evaluate, "", 25..<28, 3...3)])
      ])
    return SourceFile(path: "shop/a.py", text: text, root: root)
  }
}

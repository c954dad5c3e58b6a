import Failures
import Languages
import Testing

@testable import Validating

/// Programs near the failing one: what they show of a patch.
@Suite struct NeighbourComparisonTests {
  private static func observed(
    _ outcome: TrialReport.Outcome, result: String? = nil
  ) -> Observation {
    Observation(report: TrialReport(outcome: outcome), result: result)
  }

  private static func failing(line: Int = 2, type: String = "KeyError") -> Observation {
    observed(
      .raised([
        RaisedException(
          type: type, module: "builtins", lineage: [type], message: "'x'",
          frames: [RunFrame(repositoryPath: "shop/a.py", function: "total", line: line)])
      ]))
  }

  private static func works(_ result: String) -> Observation {
    observed(.returned(type: "int"), result: result)
  }

  private static func gate(
    before: @escaping @Sendable (Int) -> Observation,
    after: @escaping @Sendable (Int) -> Observation, isPicky: Bool = true
  ) throws -> Gate {
    let old = JudgedSides.side(observe: { programs, _ in
      programs.indices.map { $0 == 0 ? failing() : before($0) }
    })
    let neighbours = try NeighbourComparison(
      test: JudgedSides.test, before: old,
      after: JudgedSides.side(observe: { programs, _ in
        programs.indices.map { $0 == 0 ? works("r0") : after($0) }
      }), limit: 3)
    let proof = OnlyFailures(
      changes: [], reproduction: JudgedSides.test.reproduction, notation: .sketch, before: old)
    return try UnchangedElsewhere(
      neighbours: neighbours, calls: nil, isPicky: isPicky, proof: proof
    ).gate()
  }

  @Test func `what worked and does the same passes`() throws {
    let gate = try Self.gate(before: { Self.works("r\($0)") }, after: { Self.works("r\($0)") })
    #expect(gate.result == .passed)
    #expect(gate.evidence.contains("3 nearby inputs"))
  }

  @Test func `what worked and gives another result fails`() throws {
    let gate = try Self.gate(before: { _ in Self.works("r") }, after: { _ in Self.works("s") })
    #expect(gate.result == .failed)
    #expect(gate.evidence.contains("its result differs"))
  }

  @Test func `another text that still fails as production did was not mended`() throws {
    let gate = try Self.gate(before: { _ in Self.failing() }, after: { _ in Self.failing() })
    #expect(gate.result == .failed)
    #expect(gate.evidence.contains("fails as production did, with the patch too"))
    let plain = try Self.gate(
      before: { _ in Self.failing() }, after: { _ in Self.failing() }, isPicky: false)
    #expect(plain.result == .notRun, "a patch that compares with no constant may be right")
  }

  @Test func `what failed otherwise, on another line, is another failure`() throws {
    let gate = try Self.gate(
      before: { $0 == 1 ? Self.works("r") : Self.failing(line: 9) },
      after: { $0 == 1 ? Self.works("r") : Self.failing(line: 9) })
    #expect(gate.result == .passed)
  }

  @Test func `nothing that worked says nothing`() throws {
    let gate = try Self.gate(
      before: { _ in Self.failing(type: "TypeError") },
      after: { _ in Self.failing(type: "TypeError") })
    #expect(gate.result == .notRun)
  }
}

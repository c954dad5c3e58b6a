import Failures
import Languages
import Testing

@testable import Validating

/// What seven results add up to.
@Suite struct DecisionTests {
  private static func gates(_ changes: [Gate.Name: Gate.Result]) -> [Gate] {
    Gate.Name.allCases.map { Gate($0, changes[$0] ?? .passed, "seen") }
  }

  @Test func `all passed is accepted`() {
    let verdict = Decision.verdict(Self.gates([:]))
    #expect(verdict.decision == .accepted)
    #expect(verdict.doubt == nil)
  }

  @Test(arguments: Gate.Name.allCases)
  func `any gate that failed rejects, whatever the others say`(_ name: Gate.Name) {
    #expect(Decision.verdict(Self.gates([name: .failed])).decision == .rejected)
  }

  @Test func `a gate that was not run is never taken for passed`() {
    for name in Decision.needed {
      let verdict = Decision.verdict(Self.gates([name: .notRun]))
      #expect(verdict.decision == .inconclusive, "\(name)")
      #expect(verdict.doubt?.contains(name.rawValue) == true)
    }
  }

  @Test func `one of suite and unchanged elsewhere is enough, and neither is not`() {
    for name in Decision.elsewhere {
      #expect(Decision.verdict(Self.gates([name: .notRun])).decision == .accepted, "\(name)")
    }
    let neither = Decision.verdict(Self.gates([.suite: .notRun, .unchangedElsewhere: .notRun]))
    #expect(neither.decision == .inconclusive)
  }

  @Test func `what only a person can weigh is not outvoted by the suite`() {
    let gates = Self.gates([.unchangedElsewhere: .notRun])
    #expect(Decision.verdict(gates).decision == .accepted)
    #expect(
      Decision.verdict(gates, doubtful: [.unchangedElsewhere]).decision == .inconclusive)
  }

  @Test func `the gates of a verdict are in their documented order`() {
    let verdict = Decision.verdict(Self.gates([:]).reversed())
    #expect(verdict.gates.map(\.name) == Gate.Name.allCases)
  }

  @Test func `harm fails the gate, doubt leaves it open, a note passes`() {
    #expect(HarmlessGate.gate([.note("a"), .doubt("b"), .harm("c")]).result == .failed)
    #expect(HarmlessGate.gate([.note("a"), .doubt("b")]).result == .notRun)
    #expect(HarmlessGate.gate([.note("a")]).result == .passed)
    #expect(HarmlessGate.gate([.note("a")]).details == ["a"])
  }

  @Test func `one rerun that fails is not stable, and none at all says nothing`() {
    let runs = (0..<20).map {
      Rerun(circumstances: "seed \($0)", isFresh: $0 > 16, result: .passed)
    }
    #expect(StableGate.gate(runs).result == .passed)
    #expect(StableGate.gate([]).result == .notRun)
    var one = runs
    one[7].result = .failed
    let gate = StableGate.gate(one)
    #expect(gate.result == .failed)
    #expect(gate.details == ["seed 7: failed"])
    #expect(StableGate.gate(Array(runs.dropFirst(5))).result == .notRun, "fewer than asked for")
    let forks = runs.map { run in
      Rerun(circumstances: "", isFresh: run.isFresh, result: run.isFresh ? .passed : .failed)
    }
    #expect(StableGate.gate(forks).result == .notRun, "no fork is what a fresh process is")
  }
}

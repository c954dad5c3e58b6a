import Failures
import Languages
import Synchronization
import Testing

@testable import Reproducing

/// How often a failure has to come back, and what a nearby input has to show.
@Suite struct LadderRunsTests {
  /// What the entry's trials give in turn; trials of other inputs give `neighbour`.
  private final class Script: Sendable {
    let outcomes: [Bool]
    let neighbour: TrialReport.Outcome
    let taken = Mutex(0)
    let original: Mutex<Program?> = Mutex(nil)

    init(_ outcomes: [Bool], neighbour: TrialReport.Outcome) {
      self.outcomes = outcomes
      self.neighbour = neighbour
    }

    func run(_ program: Program) -> TrialReport {
      let isOriginal = original.withLock { known in
        if known == nil { known = program }
        return known == program
      }
      guard isOriginal else { return TrialReport(outcome: neighbour) }
      let index = taken.withLock { count in
        count += 1
        return count - 1
      }
      let fails = outcomes[index % outcomes.count]
      return TrialReport(outcome: fails ? .raised([Self.failure]) : .returned(type: "int"))
    }

    static let failure = StageSituation.raised("ValueError", [("shop/pricing.py", "total")])
  }

  private func climb(
    _ script: Script, budget: Ladder.Budget = .init(), method: Bool = false
  ) throws -> Ladder.Outcome {
    let parameters = [Parameter(name: "self"), Parameter(name: "price")]
    let function =
      method
      ? StageSituation.function("total", owner: ["Basket"], role: .method, parameters)
      : StageSituation.function("total", [parameters[1]])
    let basket = TypeDescription(symbol: Symbol(module: "shop.pricing", path: ["Basket"]))
    let session = StageSituation.session(
      functions: ["total": function], types: ["Basket": basket], run: script.run)
    var variables = [NamedValue("price", .integer("7"))]
    if method { variables.append(NamedValue("self", .opaque(type: "Basket", description: ""))) }
    let event = StageSituation.event([StageSituation.frame("shop/pricing.py", "total", variables)])
    let evidence = try #require(try Evidence(of: event, in: session))
    var ladder = Ladder(evidence: evidence, session: session, budget: budget)
    return try ladder.climb()
  }

  private func isReproduced(_ outcome: Ladder.Outcome) -> Bool {
    if case .reproduced = outcome { true } else { false }
  }

  @Test(arguments: [
    [true, true, false], [true, false, true], [false, true, true], [true, false, false], [false],
  ])
  func `a failure that does not come back three times of three is not certified`(outcomes: [Bool])
    throws
  {
    #expect(!isReproduced(try climb(Script(outcomes, neighbour: .returned(type: "int")))))
  }

  @Test func `three of three with a neighbour that passes are certified`() throws {
    guard case .reproduced(let found) = try climb(Script([true], neighbour: .returned(type: "int")))
    else {
      Issue.record("not reproduced")
      return
    }
    #expect(found.certificate.runs == 3 && found.certificate.of == 3)
    guard case .passes = found.certificate.counterfactual else {
      Issue.record("no neighbour")
      return
    }
  }

  @Test func `a cause that no nearby input tells from others is no proof`() throws {
    let other = StageSituation.raised("TypeError", "something else", [("shop/pricing.py", "total")])
    #expect(!isReproduced(try climb(Script([true], neighbour: .raised([other])))))
    #expect(isReproduced(try climb(Script([true], neighbour: .raised([Script.failure])))))
  }

  @Test
  func
    `an assumed receiver that fails for every input is refused, and with a passing neighbour it is not`()
    throws
  {
    #expect(
      !isReproduced(try climb(Script([true], neighbour: .raised([Script.failure])), method: true)))
    #expect(
      isReproduced(try climb(Script([true], neighbour: .returned(type: "int")), method: true)))
  }

  @Test func `a budget of no trials ends in over-budget without one`() throws {
    let script = Script([true], neighbour: .returned(type: "int"))
    guard case .stopped(let stop) = try climb(script, budget: .init(trials: 0, seconds: 30)) else {
      Issue.record("reproduced")
      return
    }
    #expect(stop.reason == .overBudget)
    #expect(script.taken.withLock { $0 } == 0)
  }
}

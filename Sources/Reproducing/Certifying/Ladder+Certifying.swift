import Failures
import Languages

extension Ladder {
  /// Runs that all show the same signature, and a nearby input that tells the cause from others.
  mutating func certify(
    _ candidate: Candidate, _ oracle: SameCause, _ raised: RaisedException, noting: Bool
  ) throws -> Reproduction? {
    for _ in 1..<Self.runs {
      guard
        case .same = try judge(candidate.program, oracle, noting: noting ? candidate : nil)
      else { return nil }
    }
    let (counterfactual, lacksState) = try counterfactual(candidate.program, oracle)
    if candidate.assumesReceiver, !counterfactual.showsInputMatters || lacksState {
      attempts.append(
        "\(candidate.strategy.rawValue) of \(candidate.entry): a new receiver says nothing about the one that failed"
      )
      return nil
    }
    let path = evidence.frames.dropFirst(candidate.frameIndex).compactMap(\.function)
    return Reproduction(
      event: evidence.event, signature: evidence.signature, strategy: candidate.strategy,
      entry: candidate.entry, program: candidate.program,
      certificate: Certificate(
        exception: raised.type, messageShape: FailureSignature.shape(of: raised.message),
        innermost: SameCause.path(raised).last, path: SameCause.path(raised), runs: Self.runs,
        of: Self.runs, counterfactual: counterfactual),
      path: path, assumptions: candidate.assumptions,
      expectedExceptions: try expected(candidate, raised, counterfactual), lineage: raised.lineage,
      oracleCalls: trials,
      sufficiency: evidence.sufficiency)
  }

  /// A nearby input that does not fail, or the proof that every one does; and whether one that was tried failed inside the
  /// repository for another cause.
  mutating func counterfactual(
    _ program: Program, _ oracle: SameCause
  ) throws -> (Certificate.Counterfactual, failsOtherwise: Bool) {
    var failsOtherwise = false
    var tried = 0
    var alike = 0
    var answered: Certificate.Counterfactual?
    let limit = program.setup.count > 3 ? Self.neighbours * 2 : Self.neighbours
    for neighbour in Neighbours.of(program, limit: limit) {
      tried += 1
      trials += 1
      let report = try session.run(neighbour.program)
      if case .returned(let type) = report.outcome {
        return (.passes(changed: neighbour.changed, result: type), failsOtherwise)
      }
      if case .same = oracle.judge(report) { alike += 1 }
      guard let raised = report.exception, oracle.mismatch(raised) != nil else { continue }
      if evidence.isOwn(raised) {
        answered = answered ?? .answers(changed: neighbour.changed, with: raised.type)
      } else if !SameCause.path(raised).isEmpty {
        failsOtherwise = true
      }
    }
    if let answered { return (answered, failsOtherwise) }
    return (tried > 0 ? .everyInputFails(alike: alike, tried: tried) : .noInput, failsOtherwise)
  }

  /// Nearby inputs that are tried before it is said that none passes; twice as many where state stands before the call.
  static let neighbours = 24

  /// The exceptions that the code around the entry expects and that are not the failure itself.
  func expected(
    _ candidate: Candidate, _ raised: RaisedException, _ found: Certificate.Counterfactual
  ) throws -> [Meaning] {
    var meanings = candidate.expectedExceptions
    if meanings.isEmpty, candidate.strategy != .requestReplay {
      meanings = try CallerSource(evidence: evidence, session: session).expectedExceptions(
        at: candidate.frameIndex)
    }
    // Behind the failure lies state that nobody recorded: there the code may refuse with an error of its own.
    if !candidate.state.isEmpty, case .answers(_, let type) = found {
      let module = evidence.frames.last { $0.function != nil }?.function?.symbol.module
      let names = [module.map { "\($0).\(type)" }, type].compactMap(\.self)
      let known = try session.resolve(names, module.map { [$0] } ?? [])
      meanings += names.lazy.compactMap { known[$0] }.prefix(1)
    }
    return meanings.filter { meaning in
      meaning.lineage.first.map { !raised.lineage.contains($0) } ?? false
    }
  }

  /// Runs of three that must all show the same signature.
  static let runs = 3
}

extension Evidence {
  /// Whether the repository defines an exception's type, as far as its module tells, and it is not the failure's own.
  fileprivate func isOwn(_ raised: RaisedException) -> Bool {
    let top = raised.module.prefix { $0 != "." }
    return raised.type != exception.type
      && frames.contains { ($0.function?.symbol.module.prefix { $0 != "." }) == top }
  }
}

extension Certificate.Counterfactual {
  enum Strength { case proof, most, none }

  /// A passing neighbour, or all of them failing alike, is a proof; a majority failing alike is taken if nothing is better.
  var strength: Strength {
    switch self {
    case .passes, .answers, .noInput: .proof
    case .everyInputFails(let alike, let tried):
      alike == tried ? .proof : alike * 2 >= tried ? .most : .none
    }
  }

  /// Whether some input passes, so that the failure is not the receiver's alone.
  fileprivate var showsInputMatters: Bool {
    if case .everyInputFails = self { false } else { true }
  }
}

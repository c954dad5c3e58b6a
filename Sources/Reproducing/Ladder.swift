import Failures
import Foundation
import Languages

/// Climbs the strategies until one leads to the failure for the same cause, and certifies it.
public struct Ladder {
  /// What a case may spend on reproducing.
  public struct Budget: Sendable {
    public var trials: Int
    public var seconds: Double

    public init(trials: Int = 200, seconds: Double = 30) {
      self.trials = trials
      self.seconds = seconds
    }
  }

  public enum Outcome {
    case reproduced(Reproduction)
    case stopped(Stop)
  }

  let session: TargetSession
  let evidence: Evidence
  let budget: Budget
  private let started = Date()
  var trials = 0
  var missing: [Missing] = []
  var attempts: [String] = []

  public init(evidence: Evidence, session: TargetSession, budget: Budget = Budget()) {
    self.evidence = evidence
    self.session = session
    self.budget = budget
  }

  /// The first reproduction whose certificate holds, or why there is none.
  public mutating func climb() throws -> Outcome {
    var weak: Reproduction?
    for proposal in [requests, outsideCallers, states, framesAndInsideCallers, doubles] {
      for candidate in try collect(proposal) {
        guard trials < budget.trials, Date().timeIntervalSince(started) < budget.seconds else {
          return weak.map { .reproduced($0) } ?? .stopped(overBudget)
        }
        guard let reproduction = try attempt(candidate) else { continue }
        switch reproduction.certificate.counterfactual.strength {
        case .proof: return .reproduced(reproduction)
        case .most: weak = weak ?? reproduction
        case .none:
          attempts.append(
            "\(candidate.strategy.rawValue) of \(candidate.entry): no nearby input tells its cause from others"
          )
        }
      }
    }
    return weak.map { .reproduced($0) } ?? .stopped(notReproduced)
  }

  // MARK: rungs, each proposed only when those before it led nowhere

  private mutating func collect(_ propose: () throws -> Proposal) rethrows -> [Candidate] {
    let proposal = try propose()
    missing += proposal.missing
    return proposal.candidates
  }

  private func requests() throws -> Proposal {
    try RequestReplay(evidence: evidence, session: session).propose()
  }

  private func outsideCallers() throws -> Proposal {
    try CallerSource(evidence: evidence, session: session).propose(outside: true)
  }

  /// The outermost entry first.
  private func framesAndInsideCallers() throws -> Proposal {
    let frames = try FrameCall(evidence: evidence, session: session).propose()
    let callers = try CallerSource(evidence: evidence, session: session).propose(outside: false)
    let states = try StateReplay(evidence: evidence, session: session).proposeFrames()
    let all = (frames.candidates + callers.candidates + states.candidates).enumerated().sorted {
      ($0.element.frameIndex, $0.offset) < ($1.element.frameIndex, $1.offset)
    }
    return Proposal(candidates: all.map(\.element), missing: frames.missing + callers.missing)
  }

  private func states() throws -> Proposal {
    try StateReplay(evidence: evidence, session: session).proposeOuter()
  }

  private func doubles() throws -> Proposal {
    try RecordedAnswers(evidence: evidence, session: session).propose()
  }

  // MARK: one attempt

  private mutating func attempt(_ proposed: Candidate) throws -> Reproduction? {
    var candidate = proposed
    guard candidate.entersRepository else {
      attempts.append("\(candidate.strategy.rawValue): it names nothing of the repository")
      return nil
    }
    let oracle = SameCause(evidence: evidence, frameIndex: candidate.frameIndex)
    guard let raised = try enter(&candidate, oracle) else { return nil }
    try trim(&candidate, oracle)
    guard try holdClock(of: &candidate, oracle) else { return nil }
    let whole = candidate.program
    let minimised = try minimise(&candidate, oracle)
    if candidate.program != whole {
      if var smaller = try certify(candidate, oracle, raised, noting: false),
        smaller.certificate.counterfactual.strength == .proof
      {
        smaller.minimised = minimised
        return smaller
      }
      candidate.program = whole
    }
    var found = try certify(candidate, oracle, raised, noting: true)
    found?.minimised = Minimised(
      before: minimised.before, after: minimised.before, calls: minimised.calls,
      seconds: minimised.seconds)
    return found
  }

  /// Runs the candidate once; one that looks for a variable of the environment in vain is given it, up to three times.
  private mutating func enter(
    _ candidate: inout Candidate, _ oracle: SameCause
  ) throws -> RaisedException? {
    for _ in 0..<4 {
      trials += 1
      let report = try session.run(candidate.program)
      switch oracle.judge(report) {
      case .same(let raised):
        // An event may name what the repository does to files; a test that does it again is none that anybody wants to run.
        guard report.effects.isEmpty || candidate.strategy == .requestReplay else {
          attempts.append(
            "\(candidate.strategy.rawValue) of \(candidate.entry): it changes files or starts programs outside the test's own folder"
          )
          return nil
        }
        return raised
      case .other(let why):
        let setting = EnvironmentSetting(session: session)
        if let variable = report.exception?.missingVariable,
          let next = try setting.setting(variable, in: candidate)
        {
          candidate = next
        } else {
          attempts.append("\(candidate.strategy.rawValue) of \(candidate.entry): \(why)")
          return nil
        }
      }
    }
    return nil
  }

  mutating func judge(
    _ program: Program, _ oracle: SameCause, noting candidate: Candidate? = nil
  ) throws -> SameCause.Finding {
    trials += 1
    let finding = oracle.judge(try session.run(program))
    if case .other(let why) = finding, let candidate {
      attempts.append("\(candidate.strategy.rawValue) of \(candidate.entry): \(why)")
    }
    return finding
  }
}

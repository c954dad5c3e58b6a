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
  private var trials = 0
  private var missing: [Missing] = []
  private var attempts: [String] = []

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

  /// The same program with less data, where its data is large.
  private mutating func minimise(
    _ candidate: inout Candidate, _ oracle: SameCause
  ) throws -> Minimised {
    let program = candidate.program
    let before = Canonical(program).bytes.count
    guard before > Self.small else { return Minimised(before: before, after: before) }
    let begun = Date()
    let session = session
    let alike = try Likeness(session.run(program), oracle)
    var calls = 1
    for keepsFields in before > Self.large ? [false] : [true, false]
    where Canonical(candidate.program).bytes.count > Self.small {
      var minimiser = Minimiser(
        keepsFields: keepsFields, calls: Self.minimisingCalls - calls,
        isInTime: { Date().timeIntervalSince(begun) < Self.minimisingSeconds },
        reads: { outline in
          try session.run(outline.noting(session.noting)).reads
        },
        fails: { try alike.holds(session.run($0)) })
      candidate.program = try minimiser.minimised(candidate.program)
      calls += minimiser.spent + 1
    }
    trials += calls
    return Minimised(
      before: before, after: Canonical(candidate.program).bytes.count, calls: calls,
      seconds: Date().timeIntervalSince(begun))
  }

  /// Bytes of data that a reader takes in at a glance: so much stays as production sent it.
  static let small = 500
  /// Bytes of which nobody reads all: only what matters is left of so much, and made small.
  static let large = 4096
  static let minimisingCalls = 150
  static let minimisingSeconds = 5.0

  /// Runs that all show the same signature, and a nearby input that tells the cause from others.
  private mutating func certify(
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

  /// Leaves out every part of the state without which it fails for the same cause too.
  private mutating func trim(_ candidate: inout Candidate, _ oracle: SameCause) throws {
    for part in candidate.state.reversed() where !candidate.uses(part) {
      let less = candidate.without(part)
      if case .same = try judge(less.program, oracle) { candidate = less }
    }
  }

  /// A failure that another day changes gets the clock of the moment when it happened: a test that time alone turns is none.
  private mutating func holdClock(
    of candidate: inout Candidate, _ oracle: SameCause
  ) throws -> Bool {
    if try holds(candidate.program, oracle) { return true }
    let state = StateReplay(evidence: evidence, session: session)
    let parts = try state.moment(from: candidate.frameIndex)
    var held = candidate.with(parts.filter { !candidate.state.contains($0) })
    if case .same = try judge(held.program, oracle), try holds(held.program, oracle) {
      for part in parts.reversed() {
        let less = held.without(part)
        if case .same = try judge(less.program, oracle), try holds(less.program, oracle) {
          held = less
        }
      }
      candidate = held
      return true
    }
    attempts.append(
      "\(candidate.strategy.rawValue) of \(candidate.entry): it fails on this day and not on others, and the clock could not be held"
    )
    return false
  }

  /// Whether it fails for the same cause tomorrow, and in the year after next.
  private mutating func holds(_ program: Program, _ oracle: SameCause) throws -> Bool {
    for days in [1, 500] {
      trials += 1
      guard case .same = oracle.judge(try session.runLater(program, days)) else { return false }
    }
    return true
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

  /// Runs of three that must all show the same signature.
  static let runs = 3

  private mutating func judge(
    _ program: Program, _ oracle: SameCause, noting candidate: Candidate? = nil
  ) throws -> SameCause.Finding {
    trials += 1
    let finding = oracle.judge(try session.run(program))
    if case .other(let why) = finding, let candidate {
      attempts.append("\(candidate.strategy.rawValue) of \(candidate.entry): \(why)")
    }
    return finding
  }

  /// A nearby input that does not fail, or the proof that every one does; and whether one that was tried failed inside the
  /// repository for another cause.
  private mutating func counterfactual(
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
  private func expected(
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

  // MARK: stops

  private var overBudget: Stop {
    Stop(
      .overBudget,
      "No entry led to the failure within \(budget.trials) trials and \(Int(budget.seconds)) s.",
      missing: described, remedy: remedy)
  }

  private var notReproduced: Stop {
    if evidence.repositoryFrames.isEmpty {
      return Stop(
        .notInRepository,
        "No frame of the stack lies in the repository, and no call from outside led to the failure.",
        missing: described,
        remedy:
          "give the repository that the failing code belongs to with `--repo`, and its import roots in `python.paths`"
      )
    }
    var seen = Set<String>()
    let tried = attempts.filter { seen.insert($0).inserted }.prefix(6).joined(separator: "; ")
    return Stop(
      .notReproduced,
      attempts.isEmpty
        ? "Nothing in the event could be run." : "No entry led to the failure. Tried: \(tried).",
      missing: described,
      remedy: remedy)
  }

  /// The setting that would have kept the rest.
  private var remedy: String {
    if !evidence.hasSnapshot {
      return
        "add the probe to the service, `integrations=[NevermoreIntegration()]`: it keeps whole values, receivers, and what was "
        + "read from databases and other services"
    }
    if evidence.frames.allSatisfy(\.frame.entry.isEmpty) {
      return
        "arm its functions with `nevermore arm EVENT --file armed.json`: the next event then holds their arguments as they came in"
    }
    return "write it by hand from the frames and the values that are named"
  }

  private var described: [String] {
    var seen = Set<String>()
    return (missing + stateRead).map(\.description).filter { seen.insert($0).inserted }
  }

  /// What the failing line reads besides its function's variables, where calls with the captured arguments did not fail.
  private var stateRead: [Missing] {
    guard attempts.contains(where: { $0.hasSuffix("it did not fail") }),
      let index = evidence.repositoryFrames.last, let function = evidence.frames[index].function,
      let focus = Focus(line: evidence.frames[index].frame.line, in: function.definition.body)
    else { return [] }
    let frame = evidence.frames[index].frame
    let known = Set(frame.variables.map(\.name)).union(function.definition.parameters.map(\.name))
    let read = focus.statement.expressions.flatMap(\.outermostChains)
    let state = read.filter { chain in
      guard let head = chain.first, !known.contains(head) else { return false }
      // A name that stands for itself is a function or a type; state is read through it, or named in capitals.
      return chain.count > 1 || head == head.uppercased()
    }
    return state.map {
      Missing(
        what: "\($0.joined(separator: ".")) at \(function.path):\(frame.line)",
        why: "a module's state is not sent, and earlier work may have changed it")
    }
  }
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
  fileprivate enum Strength { case proof, most, none }

  /// A passing neighbour, or all of them failing alike, is a proof; a majority failing alike is taken if nothing is better.
  fileprivate var strength: Strength {
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

extension Evidence {
  /// The share of the captured values in the repository's frames that are exact.
  var sufficiency: Double {
    let values = repositoryFrames.flatMap { frames[$0].frame.variables }.map(\.value)
    guard !values.isEmpty else { return 0 }
    return Double(values.filter(\.isExact).count) / Double(values.count)
  }
}

import Failures
import Languages

/// Proposes changes by rules over the syntax around the failure and what its operands were. It runs the failing program
/// once, and judges nothing.
public struct Templates {
  private let evidence: Evidence
  private let localiser: Localiser
  /// How many proposals are made at most.
  public var limit = 30

  public init(test: RegressionTest, session: TargetSession, instruments: Instruments) {
    evidence = Evidence(
      reproduction: test.reproduction, session: session, instruments: instruments)
    localiser = Localiser(
      reproduction: test.reproduction, session: session, instruments: instruments)
  }

  static let all: [any Template] = [
    MissingItemInTest(), WeakGuard(), LoopBound(), MissingKeyDefault(), MissingContainer(),
    NullInTest(), NullSubstitute(), NullResult(), EmptyAsSiblings(), GuardAsSiblings(),
    UnboundName(),
    WiderHandler(), RefusedConversion(), HandledAlike(), NullStart(), WiderType(),
    OverriddenParameter(),
    DeletionOrder(), NullFallback(), EnsuredKey(), RefusedTest(), EmptyLoop(), AwareMoment(),
    AverageOfNothing(),
  ]

  /// The likeliest first: by strength, then by nearness to the failure, then by fit.
  public func proposals() throws -> [Proposal] {
    try proposals(at: localiser.sites(), after: nil)
  }

  /// Where a proposal only moves the failure on: itself and what mends the next site as well.
  public func furthered(
    _ proposal: Proposal, raised: RaisedException, states: [OperandState]
  ) throws -> [Proposal] {
    guard let draft = evidence.drafts[proposal.changes] else { return [] }
    var raised = raised
    for path in Set(draft.edits.map(\.path)) {
      guard let source = try evidence.source(path) else { return [] }
      let lines = MovedLines(source, draft.edits)
      for index in raised.frames.indices where raised.frames[index].repositoryPath == path {
        raised.frames[index].line = lines.before(raised.frames[index].line)
      }
    }
    return try proposals(at: localiser.sites(of: raised, states: states), after: draft)
  }

  private func proposals(at sites: [CrashSite], after first: Draft?) throws -> [Proposal] {
    var ranked: [(draft: Draft, site: CrashSite)] = []
    evidence.sites = sites
    for site in sites {
      for template in Self.all where !Vetoes.forbids(template, at: site) {
        for draft in try template.drafts(at: site, evidence) {
          guard let joined = first?.joined(with: draft) ?? (first == nil ? draft : nil) else {
            continue
          }
          ranked.append((joined, site))
        }
      }
    }
    ranked.sort {
      ($1.draft.strength.rawValue, $0.site.depth, $1.draft.fit)
        < ($0.draft.strength.rawValue, $1.site.depth, $0.draft.fit)
    }
    var made: [Proposal] = []
    for (draft, _) in ranked where made.count < limit {
      let changes = try evidence.changes(draft.edits)
      guard evidence.drafts.updateValue(draft, forKey: changes) == nil else { continue }
      made.append(
        Proposal(
          changes: changes, origin: .template(draft.template), strength: draft.strength,
          reason: draft.reason))
    }
    return made
  }
}

import Failures
import Foundation
import Languages

/// Tries proposals until one is proven: a quick look at each, then the judge, the strongest first.
public struct RepairLoop {
  /// A proposal that a judge has seen.
  public struct Judged: Sendable {
    public var proposal: Proposal
    public var patch: Patch
    public var verdict: Verdict
  }

  /// A patch that passes every gate too, and the input that tells it from the first.
  public struct Alternative: Sendable {
    public var judged: Judged
    public var differsOn: String
  }

  /// How it ended.
  public struct Outcome: Sendable {
    /// The patch that is proven, and that no other of its strength contradicts.
    public var accepted: Judged?
    /// Where the verdict is inconclusive: all that pass and differ.
    public var alternatives: [Alternative] = []
    /// What the judge turned down, in the order in which it was judged.
    public var turnedDown: [Judged] = []
    public var proposed = 0
    public var judged = 0
    /// Proposals and why they were left, for the log.
    public var left: [String] = []

    /// Nothing proposed, nothing proven.
    public init(proposed: Int = 0) { self.proposed = proposed }
  }

  /// How much may be tried.
  public struct Budget: Sendable {
    public var judged: Int
    public var seconds: Double
    /// Inputs near the failing one that every proposal is tried on.
    public var neighbours: Int

    public init(judged: Int = 8, seconds: Double = 240, neighbours: Int = 16) {
      self.judged = judged
      self.neighbours = neighbours
      self.seconds = seconds
    }
  }

  private let look: QuickLook
  private let budget: Budget
  private let judge: (Proposal) throws -> (Patch, Verdict)

  public init(
    reproduction: Reproduction, instruments: Instruments, budget: Budget = Budget(),
    judge: @escaping (Proposal) throws -> (Patch, Verdict)
  ) throws {
    look = try QuickLook(reproduction, instruments: instruments, neighbours: budget.neighbours)
    self.budget = budget
    self.judge = judge
  }

  /// - Parameter furthered: What to propose where a proposal only moves the failure on.
  public func run(
    _ proposals: [Proposal],
    furthered: (Proposal, RaisedException, [OperandState]) throws -> [Proposal] = { _, _, _ in [] }
  ) throws -> Outcome {
    var outcome = Outcome(proposed: proposals.count)
    let end = Date().addingTimeInterval(budget.seconds)
    var passing: [(judged: Judged, seen: [Observation])] = []
    for (proposal, seen) in try holding(proposals, furthered, &outcome, until: end) {
      if let first = passing.first {
        guard proposal.strength == first.judged.proposal.strength,
          difference(first.seen, seen) != nil
        else { continue }
      }
      guard outcome.judged < budget.judged, Date() < end else { break }
      let (patch, verdict) = try judge(proposal)
      outcome.judged += 1
      let judged = Judged(proposal: proposal, patch: patch, verdict: verdict)
      if verdict.decision == .accepted {
        passing.append((judged, seen))
      } else {
        outcome.turnedDown.append(judged)
      }
    }
    conclude(passing, &outcome)
    return outcome
  }

  /// The proposals that stand a quick look, the strongest first, with what was seen.
  private func holding(
    _ proposals: [Proposal],
    _ furthered: (Proposal, RaisedException, [OperandState]) throws -> [Proposal],
    _ outcome: inout Outcome, until end: Date
  ) throws -> [(Proposal, [Observation])] {
    var holding: [(Proposal, [Observation])] = []
    var waiting = proposals.map { ($0, 0) }
    while !waiting.isEmpty, Date() < end {
      let (proposal, depth) = waiting.removeFirst()
      switch try look.look(at: proposal) {
      case .holds(let seen): holding.append((proposal, seen))
      case .movesOn(let raised, let states):
        let more = depth < 3 ? try furthered(proposal, raised, states) : []
        waiting += more.map { ($0, depth + 1) }
        if more.isEmpty {
          outcome.left.append(
            "\(proposal.label): it fails at \(raised.frames.last { $0.repositoryPath != nil }.map { "`\($0.function)`, line \($0.line)" } ?? "another place")"
          )
        }
      case .fails(let why): outcome.left.append("\(proposal.label): \(why)")
      }
    }
    return holding.enumerated().sorted {
      ($1.element.0.strength, $0.offset) < ($0.element.0.strength, $1.offset)
    }.map(\.element)
  }

  private func conclude(
    _ passing: [(judged: Judged, seen: [Observation])], _ outcome: inout Outcome
  ) {
    guard let first = passing.first else { return }
    let others = passing.dropFirst().compactMap { other in
      difference(first.seen, other.seen).map {
        Alternative(judged: other.judged, differsOn: $0)
      }
    }
    if others.isEmpty, first.judged.proposal.strength > .guess {
      outcome.accepted = first.judged
      return
    }
    let doubt =
      others.first.map { "another patch passes every gate and differs on \($0.differsOn)" }
      ?? "nothing in the code speaks for this change"
    var judged = first.judged
    judged.verdict.decision = .inconclusive
    judged.verdict.doubt = doubt
    outcome.alternatives =
      [Alternative(judged: judged, differsOn: others.first?.differsOn ?? "")] + others
  }

  /// The input on which two patches differ, in words.
  private func difference(_ left: [Observation], _ right: [Observation]) -> String? {
    for (index, pair) in zip(left, right).enumerated() where !Self.isSame(pair.0, pair.1) {
      return index == 0
        ? "the failing input" : "the failing input with \(look.changed[index - 1])"
    }
    return nil
  }

  private static func isSame(_ left: Observation, _ right: Observation) -> Bool {
    switch (left.report.outcome, right.report.outcome) {
    case (.returned(let one), .returned(let other)):
      one == other && left.result == right.result && left.state == right.state
    case (.raised(let one), .raised(let other)): one.first?.type == other.first?.type
    case (.returned, _), (_, .returned): false
    default: true
    }
  }
}

extension RepairLoop.Outcome {
  /// Of what the judge turned down, what passed the most gates; the first of several.
  public var nearest: RepairLoop.Judged? {
    turnedDown.reduce(nil) { best, judged in
      guard let best, best.passed >= judged.passed else { return judged }
      return best
    }
  }
}

extension Proposal {
  fileprivate var label: String { "\(origin) (\(reason))" }
}

extension RepairLoop.Judged {
  fileprivate var passed: Int { verdict.gates.count { $0.result == .passed } }
}

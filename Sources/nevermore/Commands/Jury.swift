import Failures
import Foundation
import Languages
import Pipeline
import Repairing
import Shipping
import Validating

/// Judges one proposal after the other, each on a patched tree of its own that is gone afterwards.
final class Jury {
  private let bench: Workbench
  private let before: Side
  /// Seconds that judging took so far.
  private(set) var seconds = 0.0

  init(bench: Workbench, before: Side) {
    self.bench = bench
    self.before = before
  }

  func judge(_ test: RegressionTest, _ proposal: Proposal) throws -> (Patch, Verdict) {
    let began = Date()
    defer { seconds += Date().timeIntervalSince(began) }
    let patch = try bench.repository.patch(
      writing: proposal.changes.mapValues { Array($0.utf8) }, at: bench.head,
      origin: proposal.origin)
    let verdict = try bench.withSide(at: bench.head, with: patch) { after in
      try Judge(
        test: test, before: before, after: after, budget: JudgeBudget(stopsAtFirstFailure: true)
      ).verdict(of: patch)
    }
    return (patch, verdict)
  }
}

extension PullRequestFix {
  /// What a reviewer is told of the changes that were tried; `nil` where none came near.
  init?(_ outcome: RepairLoop.Outcome) {
    let alternatives = outcome.alternatives.map {
      Alternative(
        diff: $0.judged.patch.diff, origin: $0.judged.proposal.origin, differsOn: $0.differsOn)
    }
    if let accepted = outcome.accepted {
      self.init(
        patch: accepted.patch, reason: accepted.proposal.reason, verdict: accepted.verdict)
    } else if let first = outcome.alternatives.first?.judged {
      self.init(
        patch: nil, reason: first.proposal.reason, verdict: first.verdict,
        alternatives: alternatives)
    } else {
      return nil
    }
  }
}

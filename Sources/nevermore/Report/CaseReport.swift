import Failures
import Foundation
import Intake
import Languages
import Pipeline
import Repairing
import Shipping

/// What `fix` and `reproduce` say at the end, for people and for programs. Schema 1.
struct CaseReport {
  let event: FailureEvent
  let failure: String
  let isSandboxed: Bool
  var stop: Stop?
  var test: RegressionTest?
  var reproduction: Reproduction?
  /// The reproduction as a program, for `reproduce`.
  var recipe: String?
  var patch: Patch?
  var verdict: Verdict?
  /// Patches that pass all gates and contradict each other.
  var alternatives: [RepairLoop.Alternative] = []
  /// What was proposed, and what became of it.
  var tried = RepairLoop.Outcome()
  /// What is said of the branch to those who review it; `nil` where there is nothing to review.
  var review: PullRequestText?
  var branch: String?
  var commits: [String] = []
  var seconds: [String: Double] = [:]
  /// What was replaced in the event: kinds and places.
  let redactions: [Redaction]

  init(_ bench: Workbench) {
    event = bench.event
    failure = bench.failure
    isSandboxed = bench.isSandboxed
    redactions = bench.scrubbing.redactions
  }

  /// In how many places something of each kind was replaced, the most frequent first.
  var redactionCounts: [(kind: String, places: Int)] {
    Dictionary(grouping: redactions, by: \.kind).map { (kind: $0.key, places: $0.value.count) }
      .sorted { ($1.places, $0.kind) < ($0.places, $1.kind) }
  }

  /// The report of a case that ends because a secret would be seen in what it writes.
  func withheld(for leak: Redaction) -> CaseReport {
    var report = self
    report.stop = Stop(
      .secretLeft,
      "A secret of the kind \(leak.kind) would be seen in what is to be written; nothing was.",
      missing: ["\(leak.kind): \(leak.place)"],
      remedy: "name it under `scrub.names`, or give its form under `scrub.rules`; please report it")
    report.test = nil
    report.reproduction = nil
    report.recipe = nil
    report.patch = nil
    report.verdict = nil
    report.alternatives = []
    report.tried = RepairLoop.Outcome()
    return report
  }

  mutating func take(_ state: CaseState) {
    switch state {
    case .stopped(let stop, let test):
      self.stop = stop
      self.test = test
      reproduction = test?.reproduction
    case .tested(let test):
      self.test = test
      reproduction = test.reproduction
    case .repaired(let test, let outcome):
      self.test = test
      reproduction = test.reproduction
      tried = outcome
      patch = outcome.accepted?.patch
      verdict = outcome.accepted?.verdict ?? outcome.alternatives.first?.judged.verdict
      alternatives = outcome.alternatives
    case .opened, .triaged, .reproduced: break
    }
  }

  var status: ExitStatus {
    if stop != nil { return .stopped }
    return recipe == nil && verdict?.decision != .accepted ? .tested : .fixed
  }

  var outcome: String {
    if stop != nil { return "stopped" }
    if verdict?.decision == .accepted { return "fixed" }
    return recipe == nil ? "tested" : "reproduced"
  }

  func show(asJSON: Bool) throws(CommandFailure) {
    try Terminal.print(asJSON ? json.text(.compact) : text)
  }
}

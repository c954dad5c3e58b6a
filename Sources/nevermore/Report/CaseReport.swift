import Failures
import Foundation
import Languages
import Pipeline
import Repairing

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
  var branch: String?
  var commits: [String] = []
  var seconds: [String: Double] = [:]

  init(event: FailureEvent, failure: String, isSandboxed: Bool) {
    self.event = event
    self.failure = failure
    self.isSandboxed = isSandboxed
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

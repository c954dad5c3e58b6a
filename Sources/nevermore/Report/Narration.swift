import Failures
import Foundation
import Languages
import Pipeline
import Repairing

/// The stages of a case in words for a terminal.
enum Narration {
  static func line(_ stage: Stage, _ seconds: Double, _ state: CaseState) -> String {
    line(stage, seconds, finding(state))
  }

  static func line(_ stage: Stage, _ seconds: Double, _ finding: String) -> String {
    let name = stage.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)
    return "\(name) \(String(format: "%6.2f s", seconds))  \(finding)"
  }

  static func finding(_ state: CaseState) -> String {
    switch state {
    case .opened: "opened"
    case .triaged: "deserves a test"
    case .reproduced(let reproduction):
      "\(reproduction.certificate.runs) of \(reproduction.certificate.of) by \(reproduction.strategy.rawValue) of \(reproduction.entry)"
    case .tested(let test): "\(test.text.path), expects \(test.rung.rawValue)"
    case .repaired(_, let outcome):
      outcome.accepted.map { "\($0.proposal.origin) is proven" }
        ?? "\(outcome.proposed) proposed, \(outcome.judged) judged, none proven"
    case .stopped(let stop, _): "stopped: \(stop.reason.rawValue)"
    }
  }
}

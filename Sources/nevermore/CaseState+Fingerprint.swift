import Intake
import Pipeline

extension CaseState {
  /// The hash of what the last step made, so that a second try that makes another thing shows itself.
  var fingerprint: String? {
    switch self {
    case .opened, .triaged: nil
    case .reproduced(let reproduction): Fingerprint.of("\(reproduction.program)")
    case .tested(let test): Fingerprint.of(test.text.source)
    case .repaired(_, let outcome): outcome.accepted.map { Fingerprint.of($0.patch.diff) }
    case .stopped(let stop, _): Fingerprint.of(stop.reason.rawValue)
    }
  }
}

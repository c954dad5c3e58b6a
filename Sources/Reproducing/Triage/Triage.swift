import Failures
import Languages

/// Says which failures deserve no change of the code, with the evidence for it.
public struct Triage {
  let evidence: Evidence
  let session: TargetSession

  public init(evidence: Evidence, session: TargetSession) {
    self.evidence = evidence
    self.session = session
  }

  /// Why the failure deserves no test; `nil` when it does, or when that is in doubt.
  public func verdict() throws -> Stop? { nil }
}

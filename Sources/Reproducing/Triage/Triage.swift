import Failures
import Languages

/// Says which failures deserve no change of the code, with the evidence for it.
///
/// Whatever no rule explains goes on: a needless attempt costs seconds, a bug that is called an outage stays.
public struct Triage {
  let evidence: Evidence
  let session: TargetSession

  public init(evidence: Evidence, session: TargetSession) {
    self.evidence = evidence
    self.session = session
  }

  /// The rules in the order in which they are asked; the first that holds wins.
  ///
  /// What nobody was there to receive comes first, then what the machine ran out of. A file that an operator named is the
  /// operator's, whatever the deployment provides. What the deployment lacks comes before what
  /// other services did, because a wrong address looks like a dead service. Decisions of the code come after all that can
  /// be seen from outside, and a vendor's bug comes last, because it needs every other explanation to have failed.
  static let rules: [TriageRule] =
    [Gone.cancelled, Gone.signalled, Gone.client, Resources.exhausted, Operation.wrongPath]
    + Deployment.rules + Operation.rules + Outage.rules + Wrapped.rules + Meant.rules + [
      Vendor.rule
    ]

  /// Why the failure deserves no test; `nil` when it does, or when that is in doubt.
  public func verdict() throws -> Stop? {
    let scene = try Scene(evidence: evidence, session: session)
    for rule in Self.rules {
      if let stop = try rule.finding(scene) { return stop }
    }
    return nil
  }
}

/// One explanation of a failure that needs no change of the code.
struct TriageRule: Sendable {
  /// What the rule recognises, in a few words.
  var subject: String
  var finding: @Sendable (Scene) throws -> Stop?

  init(_ subject: String, _ finding: @escaping @Sendable (Scene) throws -> Stop?) {
    self.subject = subject
    self.finding = finding
  }
}

import Failures
import Languages

/// Exceptions that the repository raises in the place of another one.
enum Wrapped {
  static let rules: [TriageRule] = [cause]

  /// What caused a deliberate translation decides, when it was nothing of the repository's doing.
  static let cause: TriageRule = TriageRule("a translated failure of something else") { scene in
    guard let (index, standing, _) = try scene.raised(), standing.recovery != nil,
      scene.event.exceptions.count > 1
    else { return nil }
    var event = scene.event
    event.exceptions.removeLast()
    guard let evidence = try Evidence(of: event, in: scene.session) else { return nil }
    let inner = Scene(evidence: evidence, session: scene.session)
    let rules = [Gone.cancelled, Gone.client, Resources.exhausted] + Deployment.rules + Outage.rules + Wrapped.rules
    for rule in rules {
      guard var stop = try rule.finding(inner) else { continue }
      stop.detail += " `\(scene.place(index))` reports it as `\(scene.typeName)`."
      return stop
    }
    return nil
  }
}

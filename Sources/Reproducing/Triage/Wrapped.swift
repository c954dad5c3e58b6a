import Failures
import Languages

/// Exceptions that the repository raises in the place of another one.
enum Wrapped {
  static let rules: [TriageRule] = [cause, unnamedCause]

  /// What caused a deliberate translation decides, when it was nothing of the repository's doing.
  static let cause: TriageRule = TriageRule("a translated failure of something else") { scene in
    guard let (index, standing, _) = try scene.raised(), standing.recovery != nil,
      scene.event.exceptions.count > 1
    else { return nil }
    var event = scene.event
    event.exceptions.removeLast()
    guard let evidence = try Evidence(of: event, in: scene.session) else { return nil }
    let inner = try Scene(evidence: evidence, session: scene.session)
    let rules =
      [Gone.cancelled, Gone.signalled, Gone.client, Resources.exhausted] + Deployment.rules
      + Outage.rules
      + Wrapped.rules
    for rule in rules {
      guard var stop = try rule.finding(inner) else { continue }
      stop.detail += " `\(scene.place(index))` reports it as `\(scene.typeName)`."
      return stop
    }
    return nil
  }

  /// The same where the cause was cut off: then the types that the handler names tell it.
  static let unnamedCause = TriageRule("a translated outage whose cause was cut off") { scene in
    guard let (index, standing, _) = try scene.raised(), scene.isOwnType,
      scene.event.exceptions.dropLast().allSatisfy(\.isGroup)
    else { return nil }
    // It stands in the handler, or behind the attempts that it gave up.
    let types = standing.recovery?.handler.types ?? standing.abandoned.flatMap(\.types)
    let natures = types.compactMap(\.spelledName).map {
      scene.session.nature(ExceptionRecord(type: $0, message: Outage.sample))
    }
    guard !natures.isEmpty, natures.allSatisfy({ $0 == .network || $0 == .dependency }) else {
      return nil
    }
    return Stop(
      natures.contains(.dependency) ? .dependencyDown : .flakyNetwork,
      "`\(scene.place(index))` raises `\(scene.typeName)` in the place of an outage that it handles there.",
      remedy: "bring the other service or the way to it back; the work can be sent again")
  }
}

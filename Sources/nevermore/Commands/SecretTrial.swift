import Failures
import Intake
import Languages
import Pipeline
import Reproducing

/// Whether a failure does not come back because a secret was replaced, and of which secret that is true.
///
/// Law: the event as it came is run in memory and in the sandbox alone; what is told of it is a kind and a place.
struct SecretTrial {
  let scrubbing: EventScrubbing
  let session: TargetSession

  /// Secrets that are looked at one by one, and the seconds that all of it may take.
  static let limit = 20
  static let seconds = 90.0

  /// The case with a gentler replacement; or a stop that says what matters; or the stop that it has.
  func next(after stop: Stop, _ failure: String) throws -> CaseState {
    guard [.notReproduced, .overBudget].contains(stop.reason), !scrubbing.redactions.isEmpty,
      try reproduces(scrubbing.unscrubbed) != nil
    else { return .stopped(stop, nil) }
    let end = ContinuousClock.now + .seconds(Self.seconds)
    for (change, redaction) in scrubbing.restorations(limit: Self.limit) {
      guard ContinuousClock.now < end else { break }
      guard try reproduces(scrubbing.event(with: change)) != nil else { continue }
      for gentler in change.gentler {
        if let found = try reproduces(scrubbing.event(with: gentler)) { return .reproduced(found) }
      }
      return .stopped(Self.stop(for: redaction), nil)
    }
    return .stopped(Self.stopForSeveral(scrubbing.redactions), nil)
  }

  private func reproduces(_ event: FailureEvent) throws -> Reproduction? {
    guard let evidence = try Evidence(of: event, in: session) else { return nil }
    var ladder = Ladder(
      evidence: evidence, session: session, budget: Ladder.Budget(trials: 80, seconds: 15))
    guard case .reproduced(let reproduction) = try ladder.climb() else { return nil }
    return reproduction
  }

  private static func stop(for redaction: Redaction) -> Stop {
    Stop(
      .secretMatters,
      "The failure depends on a secret of the kind \(redaction.kind), which no replacement led to.",
      missing: ["\(redaction.kind): \(redaction.place)"],
      remedy:
        "write the test by hand with a made-up value; or, where it is no secret, name it under `scrub.keep`"
    )
  }

  private static func stopForSeveral(_ redactions: [Redaction]) -> Stop {
    Stop(
      .secretMatters, "The failure depends on more than one of the secrets that were replaced.",
      missing: redactions.prefix(limit).map { "\($0.kind): \($0.place)" },
      remedy:
        "write the test by hand with made-up values; or, where they are no secrets, name them under `scrub.keep`"
    )
  }
}

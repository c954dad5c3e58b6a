import Failures

/// How a project's events are told apart: its tree, its key, its own words. Whoever opens the daemon knows these.
public struct Sorting: Sendable {
  /// The event with the place of every frame, in the repository's tree of the day.
  public var place: @Sendable (FailureEvent) -> FailureEvent
  /// The event without its secrets, and the signature without them.
  public var scrub: @Sendable (FailureEvent) -> (event: FailureEvent, signature: FailureSignature)

  public init(
    place: @escaping @Sendable (FailureEvent) -> FailureEvent,
    scrub: @escaping @Sendable (FailureEvent) -> (event: FailureEvent, signature: FailureSignature)
  ) {
    self.place = place
    self.scrub = scrub
  }
}

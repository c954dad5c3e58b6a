import Logging
import ServiceLifecycle
import Storage

/// What a daemon does for its folder, now and then: room on the disk, what is too old, projects that were changed.
struct Keeper: Service {
  let store: Store
  let gate: IntakeGate
  /// Takes over what changed of the projects.
  let refresh: @Sendable () -> Void
  let logger: Logger

  private static let pause = Duration.seconds(2)
  /// Looks between two refreshes of the projects.
  private static let refreshes = 3
  private static let expiry = Duration.seconds(3600)
  /// Events that one transaction removes.
  private static let step = 500

  func run() async throws {
    await cancelWhenGracefulShutdown {
      // A clock that nobody can set: the hour between two removals is one.
      let clock = ContinuousClock()
      var due = clock.now
      var looks = 0
      while !Task.isCancelled {
        gate.look()
        if looks % Self.refreshes == 0 { refresh() }
        if clock.now >= due || gate.takeWish() {
          await expire()
          due = clock.now + Self.expiry
        }
        looks += 1
        try? await Task.sleep(for: Self.pause)
      }
    }
  }

  /// Removes what is too old, in small steps with room for senders between them.
  func expire() async {
    var removed = 0
    do {
      while !Task.isCancelled {
        let count = try store.expire(limit: Self.step)
        removed += count
        guard count == Self.step else { break }
        try? await Task.sleep(for: .milliseconds(50))
      }
      try store.shrink()
    } catch {
      logger.error("what is too old could not be removed", metadata: ["reason": "\(error.reason)"])
    }
    if removed > 0 { logger.info("events were removed by age", metadata: ["events": "\(removed)"]) }
  }
}

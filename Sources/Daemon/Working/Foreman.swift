import Failures
import Foundation
import Intake
import Logging
import ServiceLifecycle
import Storage

/// Hands attempts that are due to workers, and writes down what comes of them.
struct Foreman: Service {
  let store: Store
  /// This daemon, as a holder of leases.
  let holder: String
  let crew: Crew
  /// Workers at a time.
  let places: Int
  let gate: IntakeGate
  let logger: Logger

  /// Seconds between two looks for work, where nobody calls.
  private static let pause = Duration.milliseconds(250)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        let turnstile = Turnstile(places: places)
        while !Task.isCancelled {
          await turnstile.enter()
          guard !Task.isCancelled, let attempt = lease() else {
            turnstile.leave()
            try? await Task.sleep(for: Self.pause)
            continue
          }
          group.addTask {
            await AttemptRun(store: store, crew: crew, attempt: attempt, logger: logger).finish()
            turnstile.leave()
          }
        }
        group.cancelAll()
      }
    }
  }

  /// Where nothing can be written down, nothing is begun.
  private func lease() -> Attempt? {
    guard gate.reason == nil else { return nil }
    do {
      return try store.lease(to: holder, for: AttemptRun.leaseSeconds)
    } catch {
      gate.wasRefused(error)
      logger.error("no case could be taken", metadata: ["reason": "\(error.reason)"])
      return nil
    }
  }
}

/// What attempts are worked with.
struct Crew: Sendable {
  let worker: WorkerProcess
  let courier: Courier
  let desk: ForgeDesk
  /// A project's checkout, made ready.
  let site: @Sendable (Project) async throws -> Site
}

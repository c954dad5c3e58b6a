import Foundation
import Logging
import Sending
import ServiceLifecycle
import Synchronization

/// Hands every delivery on to where a project's failures went before, as it came.
///
/// What waits is held in memory alone, since it holds secrets, and no more than ``limit`` bytes of it: while the other side is down
/// the newest wait, and what was lost is counted. Nobody who sends to us ever waits for it.
final class Relay: Service {
  /// One delivery, as it came.
  struct Parcel: Sendable {
    let address: ForwardAddress
    let form: Delivery.Form
    let encoding: String?
    let contentType: String?
    let body: [UInt8]
    let at: ContinuousClock.Instant
  }

  private struct Waiting {
    var bytes = 0
    var lost = 0
    var delivered = 0
    var pausedUntil: [String: ContinuousClock.Instant] = [:]
  }

  /// Bytes that wait at most.
  static let limit = 64 << 20
  /// For so long a parcel is tried.
  static let patience = Duration.seconds(600)
  /// Parcels under way at a time.
  private static let lanes = 4

  private let sender = WebSender()
  private let logger: Logger
  private let waiting = Mutex(Waiting())
  private let parcels: AsyncStream<Parcel>
  private let submit: AsyncStream<Parcel>.Continuation

  init(logger: Logger) {
    self.logger = logger
    (parcels, submit) = AsyncStream.makeStream()
  }

  /// How many were handed on, and how many were lost.
  var counts: (delivered: Int, lost: Int) { waiting.withLock { ($0.delivered, $0.lost) } }

  func take(_ parcel: Parcel) {
    let isTaken = waiting.withLock { waiting in
      guard waiting.bytes + parcel.body.count <= Self.limit else {
        waiting.lost += 1
        return false
      }
      waiting.bytes += parcel.body.count
      return true
    }
    if isTaken { submit.yield(parcel) }
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        let turnstile = Turnstile(places: Self.lanes)
        for await parcel in self.parcels {
          await turnstile.enter()
          group.addTask {
            await self.deliver(parcel)
            turnstile.leave()
          }
        }
        group.cancelAll()
      }
    }
  }

  private func deliver(_ parcel: Parcel) async {
    var pause = Duration.seconds(1)
    var isDelivered = false
    while !isDelivered, !Task.isCancelled, parcel.at.duration(to: .now) < Self.patience {
      if let until = waiting.withLock({ $0.pausedUntil[parcel.address.base] }), until > .now {
        try? await Task.sleep(until: until)
      }
      switch await send(parcel) {
      case .done: isDelivered = true
      case .wait(let seconds):
        let until = ContinuousClock.now + .seconds(seconds)
        waiting.withLock { $0.pausedUntil[parcel.address.base] = until }
      case .again:
        try? await Task.sleep(for: pause)
        pause = min(pause * 2, .seconds(60))
      }
    }
    waiting.withLock { waiting in
      waiting.bytes -= parcel.body.count
      if isDelivered { waiting.delivered += 1 } else { waiting.lost += 1 }
    }
    if !isDelivered { logger.warning("a delivery could not be handed on") }
  }

  private enum Step {
    case done, again
    case wait(Int)
  }

  private func send(_ parcel: Parcel) async -> Step {
    var headers = [
      WebHeader("X-Sentry-Auth", parcel.address.authorization),
      WebHeader("Content-Type", parcel.contentType ?? "application/x-sentry-envelope"),
    ]
    if let encoding = parcel.encoding { headers.append(WebHeader("Content-Encoding", encoding)) }
    do {
      let answer = try await sender.send(
        WebRequest(
          .post, parcel.address.url(parcel.form), headers: headers, body: parcel.body,
          answerLimit: 1 << 16))
      switch answer.status {
      case 429: return .wait(answer.header("retry-after").flatMap { Int($0) } ?? 60)
      case 502, 503, 504: return .again
      // Whatever else it says: it has the delivery now, or will never have it.
      default: return .done
      }
    } catch {
      return .again
    }
  }
}

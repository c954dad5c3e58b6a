import Failures
import Foundation
import Intake
import Logging
import Storage

/// Takes deliveries: who may, is read, sorted, written down, and only then answered.
struct Reception: Sendable {
  let store: Store
  let log: ArrivalLog
  let desks: ProjectDesks
  let read: @Sendable ([UInt8]) throws(IntakeError) -> FailureEvent
  let logger: Logger

  /// Seconds after which a sender may come again when nothing can be stored.
  private static let pause = 30

  /// The desk that a delivery is for, or why there is none.
  func admitted(_ delivery: Delivery) -> Result<ProjectDesk, Refusal> {
    guard let key = delivery.key, let desk = desks.desk(of: key),
      delivery.project == nil || delivery.project == desk.project.id
    else { return .failure(Refusal(.refused(403, "no project has this key and number"))) }
    if let seconds = desk.wait() {
      return .failure(
        Refusal(.later(seconds, "the project's quota is used up"), .limited, desk.project.id))
    }
    return .success(desk)
  }

  /// What is said to a sender at the desk, once all that it brought is durable.
  func receive(_ body: [UInt8], at desk: ProjectDesk) async -> Answer {
    let event: FailureEvent
    do {
      event = try read(body)
    } catch {
      return await refuse(error, desk.project)
    }
    do {
      let sorter = try desk.sorter()
      let sorted = sorter.sorted(event, at: Date())
      _ = try await log.append(sorted.arrival)
      sorter.remember(sorted)
      return .accepted(sorted.arrival.identity)
    } catch {
      logger.error(
        "an event could not be stored",
        metadata: ["project": "\(desk.project.name)", "reason": "\(error)"])
      return .later(Self.pause, "nothing can be stored at the moment")
    }
  }

  private func refuse(_ error: IntakeError, _ project: Project) async -> Answer {
    switch error {
    case .noEventItem, .empty:
      await store.tally(.unwanted, project: project.id)
      return .accepted(nil)
    case .tooLarge, .inflatesTooLarge:
      await store.tally(.oversized, project: project.id)
      return .refused(413, "the body is larger than what is taken")
    default:
      await store.tally(.unreadable, project: project.id)
      return .refused(400, "the body is no envelope and no event")
    }
  }
}

/// Why a delivery is not taken.
struct Refusal: Error {
  let answer: Answer
  let outcome: EventOutcome?
  let project: Int64?

  init(_ answer: Answer, _ outcome: EventOutcome? = nil, _ project: Int64? = nil) {
    self.answer = answer
    self.outcome = outcome
    self.project = project
  }
}

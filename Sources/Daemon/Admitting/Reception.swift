import Failures
import Foundation
import Intake
import Logging
import Storage
import Telemetry

/// Takes deliveries: who may, is read, sorted, written down, and only then answered.
struct Reception: Sendable {
  let store: Store
  let log: ArrivalLog
  let desks: ProjectDesks
  let reading: Reading
  let relay: Relay
  let gate: IntakeGate
  let logger: Logger

  /// Bytes that a body may have once it is inflated.
  static let inflatedLimit = 32 << 20
  /// Seconds after which a sender may come again when nothing can be stored.
  static let pause = 30

  /// The desk that a delivery is for, or why there is none.
  func admitted(_ delivery: Delivery) async -> Result<ProjectDesk, Refusal> {
    guard gate.reason == nil else { return .failure(Refusal(answer: Self.closed)) }
    guard let key = delivery.key, let desk = desks.desk(of: key),
      delivery.project == nil || delivery.project == desk.project.id
    else { return .failure(Refusal(answer: .refused(403, "no project has this key and number"))) }
    if let seconds = desk.wait() {
      await store.tally(.limited, project: desk.project.id)
      return .failure(Refusal(answer: .later(seconds, "the project's quota is used up")))
    }
    return .success(desk)
  }

  /// What a sender is told, once all that it brought is durable.
  func receive(_ body: [UInt8], _ delivery: Delivery, at desk: ProjectDesk) async -> Answer {
    let event: FailureEvent
    do {
      event = try reading.event(inflated(body, delivery))
    } catch {
      return await refuse(error, desk.project)
    }
    switch await write(event, at: desk) {
    case .success(let identity): return .accepted(identity)
    case .failure(let refusal): return refusal.answer
    }
  }

  func inflated(_ body: [UInt8], _ delivery: Delivery) throws(IntakeError) -> [UInt8] {
    try Inflation.inflated(
      body, encoding: ContentEncoding(header: delivery.encoding), limit: Self.inflatedLimit)
  }

  /// Sorts an event and writes it down; its identity once that is durable.
  func write(_ event: FailureEvent, at desk: ProjectDesk) async -> Result<String, Refusal> {
    do {
      let sorter = try desk.sorter()
      let sorted = sorter.sorted(event, at: Date())
      _ = try await log.append(sorted.arrival)
      sorter.remember(sorted)
      return .success(sorted.arrival.identity)
    } catch {
      let storing = error as? StorageError
      if let storing { gate.wasRefused(storing) }
      logger.error(
        "an event could not be stored",
        metadata: [
          "project": "\(desk.project.name)", "reason": "\(storing?.reason ?? "repository")",
        ])
      return .failure(Refusal(answer: Self.closed))
    }
  }

  private static let closed = Answer.later(pause, "nothing can be stored at the moment")

  /// Hands a delivery on, as it came, where the project has a second address.
  func relay(_ body: [UInt8], _ delivery: Delivery, at desk: ProjectDesk) {
    guard let address = desk.forward else { return }
    relay.take(
      Relay.Parcel(
        address: address, form: delivery.form, encoding: delivery.encoding,
        contentType: delivery.contentType, body: body, at: .now))
  }
}

/// What the daemon understands, in whose languages.
struct Reading: Sendable {
  let event: @Sendable ([UInt8]) throws(IntakeError) -> FailureEvent
  let telemetry: OTLPReader
}

/// Why a delivery is not taken, as its sender is told.
struct Refusal: Error {
  let answer: Answer
}

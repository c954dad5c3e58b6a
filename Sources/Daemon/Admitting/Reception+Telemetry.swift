import Failures
import Intake
import Storage
import Telemetry

extension Reception {
  /// What an exporter is told, once all failures that its body tells of are durable; 429 where one is not, and it comes again.
  func receive(
    _ body: [UInt8], _ delivery: Delivery, _ signal: OTLPSignal, _ format: OTLPFormat,
    at desk: ProjectDesk
  ) async -> Result<OTLPAnswer, Refusal> {
    let batch: OTLPBatch
    do {
      batch = try reading.telemetry.read(inflated(body, delivery), signal: signal, format: format)
    } catch {
      return .failure(Refusal(answer: await refuse(error, desk.project)))
    }
    for occurrence in batch.occurrences {
      if case .failure(let refusal) = await write(occurrence.named, at: desk) {
        return .failure(refusal)
      }
    }
    let project = desk.project.id
    if batch.ignored > 0 { await store.tally(.unwanted, project: project, count: batch.ignored) }
    if batch.repeated > 0 { await store.tally(.repeated, project: project, count: batch.repeated) }
    if batch.refused > 0 { await store.tally(.oversized, project: project, count: batch.refused) }
    return .success(OTLPAnswer(to: batch, signal: signal, format: format))
  }
}

extension OTLPBatch.Occurrence {
  /// The event, under a name that is the same however often the exception is told.
  fileprivate var named: FailureEvent {
    guard let key else { return event }
    var event = event
    event.identifier = Fingerprint.of(key) + Fingerprint.of("#" + key)
    return event
  }
}

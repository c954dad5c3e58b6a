import Failures
import Foundation
import Intake
import Storage
import Synchronization

/// Finds out which failure an event belongs to, and takes its secrets out where anything of it is kept.
final class Sorter: Sendable {
  private let project: Project
  let sorting: Sorting
  private let memory = Mutex(FailureMemory())

  init(project: Project, sorting: Sorting) {
    self.project = project
    self.sorting = sorting
  }

  /// What an event is, and what is remembered of it once it is stored.
  func sorted(_ event: FailureEvent, at moment: Date) -> Sorted {
    let (finding, remembered) = find(event)
    let arrival = Arrival(
      project: project.id, identity: Self.identity(event), receivedAt: moment,
      release: event.release.map { String($0.prefix(200)) }, finding: finding,
      opensCase: project.settings.environments.isEmpty
        || project.settings.environments.contains(event.environment ?? ""))
    return Sorted(arrival: arrival, remembered: remembered)
  }

  private func find(_ event: FailureEvent) -> (Arrival.Finding, Sorted.Remembered?) {
    guard event.exception != nil else { return (.nothing, nil) }
    let placed = sorting.place(event)
    let plain = placed.signature
    let worth = placed.worth
    let known = memory.withLock { $0.entry(of: plain) }
    if let known, known.kept >= Self.keptLimit, worth <= known.best {
      return (.failure(known.key, nil), nil)
    }
    let (scrubbed, signature) = sorting.scrub(event)
    let key = Arrival.FailureKey(
      identity: signature.failureIdentifier, scheme: signature.scheme,
      exception: signature.exception, signature: signature.description)
    return (
      .failure(key, Arrival.Exemplar(worth: worth, body: scrubbed.stored())),
      Sorted.Remembered(plain: plain, key: key, worth: worth)
    )
  }

  /// The event is on the disk.
  func remember(_ sorted: Sorted) {
    guard let new = sorted.remembered else { return }
    memory.withLock { memory in
      let known = memory.entry(of: new.plain)
      memory.set(
        FailureMemory.Entry(
          key: new.key, kept: (known?.kept ?? 0) + 1, best: max(known?.best ?? 0, new.worth)),
        for: new.plain)
    }
  }

  /// As many as the store keeps.
  static let keptLimit = 5

  /// 32 hexadecimal digits; what a sender calls an event otherwise is not believed.
  static func identity(_ event: FailureEvent) -> String {
    let plain = event.identifier.lowercased().filter { $0 != "-" }
    let isPlain = plain.utf8.count == 32 && plain.allSatisfy { $0.isHexDigit && $0.isASCII }
    return isPlain
      ? plain : Fingerprint.of(event.identifier) + Fingerprint.of("#" + event.identifier)
  }
}

/// An event that was sorted.
struct Sorted: Sendable {
  struct Remembered: Sendable {
    /// The signature as it came, with whatever secrets it may hold.
    let plain: FailureSignature
    let key: Arrival.FailureKey
    let worth: Int
  }

  let arrival: Arrival
  let remembered: Remembered?
}

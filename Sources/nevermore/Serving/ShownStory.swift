import Foundation
import Interchange
import Storage

/// What is shown of a failure, or of an event and its failure.
struct ShownStory {
  var project: String
  var event: EventRecord?
  /// Whether the data of ``event`` is still kept.
  var holdsData = false
  var failure: FailureRecord?
  /// The newest first.
  var events: [EventRecord] = []
  var chapters: [FailureStory.Chapter] = []

  /// Of an event and its failure, where it has one.
  init(of event: EventRecord, in store: Store) throws(CommandFailure) {
    try self.init(of: try store.failure(of: event), event: event, in: store)
  }

  init(
    of failure: FailureRecord?, event: EventRecord? = nil, in store: Store
  ) throws(CommandFailure) {
    project = ""
    self.event = event
    self.failure = failure
    guard let id = failure?.project ?? event?.project else { return }
    try complete(id, in: store)
    guard let failure else { return }
    try asking { () throws(StorageError) in
      events = try store.events(ofFailure: failure.id)
      for attempt in try store.attempts(ofFailure: failure.id) {
        chapters.append(
          FailureStory.Chapter(attempt: attempt, steps: try store.steps(ofAttempt: attempt.id)))
      }
    }
  }

  private mutating func complete(_ id: Int64, in store: Store) throws(CommandFailure) {
    try asking { () throws(StorageError) in
      project = try store.projects().first { $0.id == id }?.name ?? ""
      if let event { holdsData = try store.holdsData(ofEvent: event.id) }
    }
  }
}

extension ShownStory {
  var json: JSON {
    var members: [JSON.Member] = [.init("project", .string(project))]
    if let event {
      members.append(.init("event", event.json))
      members.append(.init("data", .bool(holdsData)))
    }
    members.append(.init("failure", failure?.json ?? .null))
    members.append(.init("events", .array(events.map(\.json))))
    members.append(.init("attempts", .array(chapters.map(\.json))))
    return .object(members)
  }
}

extension FailureStory.Chapter {
  fileprivate var json: JSON {
    [
      "reason": .string(attempt.reason.rawValue), "state": .string(attempt.state.rawValue),
      "tries": .integer(attempt.tries), "openedAt": .string(attempt.openedAt.inUTC),
      "endedAt": .optional(attempt.endedAt?.inUTC), "outcome": .optional(attempt.outcome),
      "cause": .optional(attempt.cause), "steps": .array(steps.map(\.json)),
      "report": attempt.report.flatMap { try? JSON(parsing: $0) } ?? .null,
    ]
  }
}

extension Step {
  fileprivate var json: JSON {
    [
      "stage": .string(stage), "finding": .string(finding), "product": .optional(product),
      "at": .string(at.inUTC), "seconds": .double(seconds), "try": .integer(tryNumber),
    ]
  }
}

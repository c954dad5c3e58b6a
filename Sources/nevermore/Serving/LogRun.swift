import Daemon
import Failures
import Foundation
import Intake
import Interchange
import PythonTarget
import Storage

/// Follows one log: each line is given out once, each failure is durable before its place is remembered.
struct LogRun {
  let path: String
  let project: Project
  let store: Store
  let intake: LogIntake
  private var reader = EventReader.ofPython.lines()
  private var taken = 0
  private var new = 0
  /// Looks since the last line; after some of them a stack in plain text is taken for whole.
  private var quiet = 0

  private static let pause = Duration.milliseconds(200)
  private static let restAfter = 5

  init(path: String, project: Project, store: Store, intake: LogIntake) {
    self.path = path
    self.project = project
    self.store = store
    self.intake = intake
  }

  var summary: String { "\(taken) failures were taken in, \(new) of them new" }

  /// Ends with what is there where it is read once; else with the process.
  mutating func follow(fromEnd: Bool, isOnce: Bool) async throws {
    var follower = FileFollower(path: path, from: try start(fromEnd: fromEnd))
    while true {
      let part = follower.look()
      for notice in part.notices { await tell(notice) }
      for line in part.lines {
        for outcome in reader.take(line.bytes, place: line.place) { try await take(outcome) }
      }
      quiet = part.lines.isEmpty ? quiet + 1 : 0
      if quiet >= Self.restAfter {
        for outcome in reader.rest() { try await take(outcome) }
      }
      // An open stack is read again from its first line where this ends before it does.
      if let position = part.position, reader.isAtRest {
        try remember(position)
      }
      if isOnce && quiet >= Self.restAfter { return }
      // A file that was rotated away is left only after some looks, of which there are none to wait for.
      if !part.hasMore && !isOnce { try await Task.sleep(for: Self.pause) }
    }
  }

  private func start(fromEnd: Bool) throws(CommandFailure) -> FileFollower.Start {
    let known = try asking { () throws(StorageError) in
      try store.position(of: path, project: project.id)
    }
    if let json = known.flatMap({ try? JSON(parsing: $0) }), let position = FilePosition(json) {
      return .position(position)
    }
    return fromEnd ? .end : .beginning
  }

  private mutating func remember(_ position: FilePosition) throws(CommandFailure) {
    guard position != remembered else { return }
    try asking { () throws(StorageError) in
      try store.remember(position.json.bytes(), of: path, project: project.id)
    }
    remembered = position
  }

  private var remembered: FilePosition?

  private mutating func take(_ outcome: LogReader.Outcome) async throws {
    switch outcome {
    case .noFailure, .joined: break
    case .unreadable: await intake.count(.unreadable)
    case .failure(let event):
      let outcome = try await write(event)
      guard outcome != .repeated else { return }
      taken += 1
      guard outcome == .opened || outcome == .recurred else { return }
      new += 1
      Terminal.progress("new  \(event.exception?.type.withoutControls ?? "a failure")")
    }
  }

  /// A disk that is full is waited for: the log keeps what this cannot.
  private func write(_ event: FailureEvent) async throws -> EventOutcome {
    var hasComplained = false
    while true {
      do {
        return try await intake.take(event)
      } catch let error as StorageError where error.reason == "full" {
        if !hasComplained { Terminal.complain("the disk is full: the log waits until it has room") }
        hasComplained = true
        try await Task.sleep(for: .seconds(5))
      }
    }
  }

  private func tell(_ notice: FollowedPart.Notice) async {
    switch notice {
    case .truncated:
      Terminal.complain("the log was truncated: it is read from its start")
    case .placeLost:
      Terminal.complain(
        "the file that was read last is gone: what was written to it since cannot be had")
    case .oversized(let bytes):
      await intake.count(.oversized)
      Terminal.complain("a line of \(bytes) bytes was stepped over")
    case .unreadable: Terminal.complain("the log is there and cannot be read")
    }
  }
}

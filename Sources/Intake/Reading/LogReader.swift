import Failures
import Foundation
import Interchange

/// Reads a log line by line, as it comes.
///
/// Every line has one outcome at once; a stack in plain text, whose lines are `joined`, has one more at its end. What is held
/// is bounded, in stacks and in lines.
public struct LogReader: Sendable {
  public enum Outcome: Sendable, Equatable {
    case failure(FailureEvent)
    /// A record or a text of something else.
    case noFailure
    /// A part of a stack in plain text.
    case joined
    /// A stack of joined lines that cannot be read.
    case unreadable
  }

  private struct Joining {
    var join: StackJoin
    var place: String
    /// The line before it, which says when and why it was logged.
    var before: String
  }

  /// Writers whose stacks may be open at once.
  private static let joinLimit = 8
  private static let companion = "nevermore="

  private let log: LogFile
  private var open: [Joining] = []
  private var before = ""

  init(log: LogFile) { self.log = log }

  /// What a line tells. `place` names where it stands, so that equal lines are two failures, and one that is read again is none.
  public mutating func take(_ line: [UInt8], place: String) -> [Outcome] {
    guard line.first(where: { $0 > 0x20 }) != UInt8(ascii: "{") else {
      return take(record: line, place: place)
    }
    return take(text: String(decoding: line, as: UTF8.self), place: place)
  }

  /// Whether no stack is open: nothing that was taken is still to be told.
  public var isAtRest: Bool { open.isEmpty }

  /// Ends the stacks that are open: nothing has been written for a while, or nothing will be.
  public mutating func rest() -> [Outcome] {
    defer { open = [] }
    return open.map { told($0) }
  }

  // MARK: records

  private mutating func take(record line: [UInt8], place: String) -> [Outcome] {
    guard let root = try? JSON(parsing: line) else {
      return take(text: String(decoding: line, as: UTF8.self), place: place)
    }
    // A writer without marks has gone on to its next record.
    let ended = open.filter { $0.join.owns("{") }.map { told($0) }
    open.removeAll { $0.join.owns("{") }
    guard var event = log.event(of: root) else { return ended + [.noFailure] }
    if event.identifier.isEmpty { event.identifier = Self.identifier(line, place) }
    return ended + [.failure(event)]
  }

  // MARK: text

  private mutating func take(text line: String, place: String) -> [Outcome] {
    defer { before = line }
    var outcomes: [Outcome] = []
    if let index = open.lastIndex(where: { $0.join.owns(line) }) {
      if let text = open[index].join.text(of: line), text.hasPrefix(Self.companion) {
        let companion = String(text.dropFirst(Self.companion.count))
        return [.joined, told(open.remove(at: index), companion: companion)]
      }
      if !open[index].join.isFull, open[index].join.take(line) { return [.joined] }
      outcomes.append(told(open.remove(at: index)))
    }
    guard let join = StackJoin(opening: line) else { return outcomes + [.noFailure] }
    if open.count >= Self.joinLimit { outcomes.append(told(open.removeFirst())) }
    let said = join.text(of: before).map(String.init) ?? ""
    open.append(Joining(join: join, place: place, before: said))
    return outcomes + [.joined]
  }

  private func told(_ joining: Joining, companion: String? = nil) -> Outcome {
    let text = joining.join.lines.joined(separator: "\n")
    let exceptions = log.readStack(text)
    guard !exceptions.isEmpty else { return .unreadable }
    var event = FailureEvent(
      identifier: "", timestamp: Self.time(in: joining.before), platform: "python",
      message: joining.before.isEmpty ? nil : joining.before, exceptions: exceptions)
    if let companion, let json = try? JSON(parsing: companion) {
      event = log.completed(event, with: ["nevermore": json])
    }
    if event.identifier.isEmpty {
      event.identifier = Self.identifier(Array(text.utf8), joining.place)
    }
    return .failure(event)
  }

  /// `2026-11-23 00:19:13,228` at the start of a line, or with a `T`.
  private static func time(in line: String) -> Date? {
    let words = line.prefix(80).split(separator: " ").prefix(2).map(String.init)
    guard let first = words.first, let day = Timestamp.date(first) else { return nil }
    return Timestamp.date(words.joined(separator: " ")) ?? day
  }

  private static func identifier(_ line: [UInt8], _ place: String) -> String {
    EventReader.identifier(of: Array(place.utf8) + [0] + line)
  }
}

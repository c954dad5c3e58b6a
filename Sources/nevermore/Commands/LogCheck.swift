import Failures
import Foundation
import Intake
import PythonTarget

/// What the newest failure of a log holds, and what its line lacks for a reproduction: docs/guides/structured-error-logs.md.
struct LogCheck {
  struct Finding {
    var subject: String
    var finding: String
    var isGood: Bool
  }

  let event: FailureEvent

  /// - Throws: a ``CommandFailure`` for a file that cannot be read, or tells of no failure.
  init(of path: String) throws(CommandFailure) {
    guard let content = FileManager.default.contents(atPath: path) else {
      throw CommandFailure(
        .usage, "`\(path)` cannot be read\nhint: name a file of log lines, with a failure in it")
    }
    do {
      event = try GivenEvent.read(Array(content))
    } catch {
      throw CommandFailure(
        .usage,
        "`\(path)` tells of no failure\nhint: log errors with their exception: `logger.exception(…)`, or `exc_info=True`"
      )
    }
  }

  var findings: [Finding] {
    [exception, stack, values, state, request, moment, release]
  }

  private var record: ExceptionRecord? { event.exceptions.last }

  private var exception: Finding {
    let isThere = record.map { !$0.type.isEmpty } ?? false
    return Finding(
      subject: "exception",
      finding: isThere
        ? "its type is told"
        : "only a message\nhint: log the exception itself, with `logger.exception(…)`",
      isGood: isThere)
  }

  private var stack: Finding {
    let count = record?.frames.count ?? 0
    return Finding(
      subject: "stack",
      finding: count > 0
        ? "\(count) frames with file, line and function"
        : "no frame\nhint: a formatter that drops `exc_info` leaves nothing to reproduce",
      isGood: count > 0)
  }

  private var values: Finding {
    let frames = record?.frames ?? []
    if frames.contains(where: \.isWhole) {
      return Finding(subject: "values", finding: "the live frames, in full", isGood: true)
    }
    let some = frames.contains { !$0.variables.isEmpty }
    let beside = event.facts.filter(\.value.isExact).count
    return Finding(
      subject: "values",
      finding: (some
        ? "cut notations of some variables"
        : "no frame holds its variables; \(beside) other members of the record may stand for arguments")
        + "\nhint: `nevermore_probe.logs.Formatter`, or its `structured.Processor`, writes them",
      isGood: false)
  }

  private var state: Finding {
    let isThere = record?.frames.contains(where: \.isWhole) ?? false
    return Finding(
      subject: "state",
      finding: isThere
        ? "\(event.work.count) reads of databases, services and settings"
        : "nothing of what databases and other services answered\nhint: the probe keeps it, thrown away when all goes well",
      isGood: isThere)
  }

  private var request: Finding {
    Finding(
      subject: "request",
      finding: event.request == nil
        ? "none\nhint: for a web service, log method, URL and body: `nevermore_probe.init()` or its middleware does"
        : "method, URL\(event.request?.body == nil ? "" : " and body")",
      isGood: event.request != nil)
  }

  private var moment: Finding {
    Finding(
      subject: "time",
      finding: event.timestamp == nil
        ? "none that can be read\nhint: ISO 8601 with a zone, under `timestamp`" : "told",
      isGood: event.timestamp != nil)
  }

  private var release: Finding {
    Finding(
      subject: "release",
      finding: event.release == nil
        ? "none: failures are reproduced at HEAD\nhint: log the deployed tag or commit, under `release`"
        : "told",
      isGood: event.release != nil)
  }
}

extension EventReader {
  /// Reads what services in Python send and log.
  static let ofPython = EventReader(
    standardTypes: StandardConstruction.snapshotTypes, readStack: TracebackText.read,
    readValue: { NotationReader().read($0) })
}

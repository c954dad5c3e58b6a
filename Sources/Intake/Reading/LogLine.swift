import Failures
import Foundation
import Interchange

/// A structured log's record of a failure, in the forms that docs/reference/logs.md lists.
///
/// Members are found under the names that the usual libraries give them, with dots or nested: `error.stack_trace`.
struct LogLine {
  let root: JSON
  /// Exceptions from a language's own text of a stack.
  let readStack: @Sendable (String) -> [ExceptionRecord]
  let values: ValueReading

  private static let stacks = [
    "exception.stack", "error.stack_trace", "exc_info", "exception", "stack_trace", "stacktrace",
    "stack", "traceback", "exc_text",
    "error.stack", "exception.stack", "exception.stacktrace", "text", "message", "msg",
  ]
  /// Stacks that some libraries write without their first and last lines.
  private static let bare: Set<String> = ["error.stack_trace", "error.stack", "exception.stack"]
  private static let times = [
    "@timestamp", "timestamp", "time", "asctime", "ts", "record.time.timestamp",
  ]
  /// Members that tell of the record itself; all others are facts of the failure.
  private static let known: Set<String> = [
    "@timestamp", "timestamp", "time", "asctime", "ts", "message", "msg", "event", "level",
    "levelname",
    "severity", "logger", "name", "exception", "exc_info", "exc_text", "stack_trace", "stack",
    "text",
    "error", "log", "process", "thread", "ecs.version", "log.level", "log.logger", "nevermore",
    "record",
    "snapshot", "error.type", "error.message", "error.stack_trace", "request", "trace", "release",
    "environment", "httpRequest", "cut",
  ]

  /// `nil` where the record tells of no failure.
  func event() -> FailureEvent? {
    let exceptions = told()
    guard !exceptions.isEmpty else { return nil }
    return FailureEvent(
      identifier: root["event_id"]?.text ?? "",
      timestamp: Self.times.lazy.compactMap(member).compactMap { Timestamp.date($0) }.first,
      platform: "python",
      release: text("release") ?? text("service.version"),
      environment: text("environment") ?? text("service.environment"),
      message: text("message") ?? text("msg") ?? text("event"), exceptions: exceptions,
      request: request(),
      traceIdentifier: text("trace.id") ?? text("trace_id") ?? text("trace.trace_id"),
      facts: facts())
  }

  /// An event whose stack stands elsewhere, with what this record says besides.
  func completed(_ event: FailureEvent) -> FailureEvent {
    var event = event
    event.release = text("release") ?? event.release
    event.environment = text("environment") ?? event.environment
    event.request = request() ?? event.request
    event.traceIdentifier = text("trace.trace_id") ?? event.traceIdentifier
    return event
  }

  /// What else the record holds: it may be the very argument that a frame was called with.
  private func facts() -> [NamedValue] {
    let own = root["record"]?["extra"] ?? root
    return (own.members ?? []).filter { !Self.known.contains($0.key) }.map {
      NamedValue($0.key, values.value($0.value, meta: nil, leaves: .native))
    }
  }

  private func told() -> [ExceptionRecord] {
    if let records = member("exception")?.items, let found = records.first, found["exc_type"] != nil
    {
      // structlog tells the newest first.
      return records.reversed().map(structured)
    }
    for name in Self.stacks {
      guard let text = text(name), text.contains("\n") else { continue }
      let found = readStack(Self.bare.contains(name) ? whole(text) : text)
      if !found.isEmpty { return found }
    }
    return []
  }

  /// A stack that lacks its first and last lines: the type and the message stand beside it.
  private func whole(_ stack: String) -> String {
    if stack.contains("most recent call last") { return stack }
    let type = text("error.type") ?? text("exception.type") ?? "unknown"
    let message = text("error.message") ?? text("exception.message") ?? ""
    let body = stack.hasSuffix("\n") ? stack : stack + "\n"
    return "Traceback (most recent call last):\n" + body + type
      + (message.isEmpty ? "" : ": " + message)
  }

  /// `{"exc_type", "exc_value", "frames": [{"filename", "lineno", "name", "locals"}]}`
  private func structured(_ record: JSON) -> ExceptionRecord {
    let frames = (record["frames"]?.items ?? []).map { frame -> Frame in
      let path = frame["filename"]?.text ?? "<unknown>"
      let line = frame["line"]?.text ?? ""
      return Frame(
        file: path, absolutePath: path.hasPrefix("/") ? path : nil,
        function: frame["name"]?.text ?? "<unknown>", line: frame["lineno"]?.integer ?? 0,
        sourceLine: line.isEmpty ? nil : line,
        variables: (frame["locals"]?.members ?? []).map {
          NamedValue($0.key, values.value($0.value, meta: nil, leaves: .notation))
        })
    }
    let type = record["exc_type"]?.text ?? "unknown"
    return ExceptionRecord(
      type: type, module: record["exc_module"]?.text, message: record["exc_value"]?.text ?? "",
      frames: frames)
  }

  private func request() -> RequestRecord? {
    guard let method = text("http.request.method") ?? text("request.method"),
      let url = text("url.full") ?? text("url.original") ?? text("request.url") ?? text("url.path")
    else { return nil }
    return RequestRecord(
      method: method, url: url,
      body: (text("http.request.body.content") ?? text("request.body")).map { .text($0) })
  }

  // MARK: members

  private func text(_ name: String) -> String? {
    guard let text = member(name)?.text, !text.isEmpty else { return nil }
    return text
  }

  /// The member of a name with dots, which may be one key or several objects.
  private func member(_ name: String) -> JSON? {
    Self.member(name, of: root) ?? root["nevermore"].flatMap { Self.member(name, of: $0) }
  }

  private static func member(_ name: String, of root: JSON) -> JSON? {
    if let direct = root[name], !direct.isNull { return direct }
    var inner: JSON? = root
    for part in name.split(separator: ".") { inner = inner?[String(part)] }
    return inner.flatMap { $0.isNull ? nil : $0 }
  }
}

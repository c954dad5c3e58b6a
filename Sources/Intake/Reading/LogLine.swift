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
    "error.stack_trace", "exc_info", "exception", "stack_trace", "stack", "traceback", "exc_text",
    "error.stack", "exception.stack", "exception.stacktrace", "text", "message", "msg",
  ]
  private static let times = ["@timestamp", "timestamp", "time", "asctime", "ts", "record.time"]

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
      request: request(), traceIdentifier: text("trace.id") ?? text("trace_id"))
  }

  private func told() -> [ExceptionRecord] {
    if let records = member("exception")?.items, let found = records.first, found["exc_type"] != nil
    {
      // structlog tells the newest first.
      return records.reversed().map(structured)
    }
    for name in Self.stacks {
      guard let text = text(name), text.contains("\n") else { continue }
      let found = readStack(text)
      if !found.isEmpty { return found }
    }
    return []
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
    if let direct = root[name], !direct.isNull { return direct }
    var inner: JSON? = root
    for part in name.split(separator: ".") { inner = inner?[String(part)] }
    return inner.flatMap { $0.isNull ? nil : $0 }
  }
}

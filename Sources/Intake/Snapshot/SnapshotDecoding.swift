import Failures
import Foundation
import Interchange

/// What the probe attached to a failure: docs/reference/snapshot.md is its format.
///
/// A part of another shape than the format gives it is left out: what is read is exact, and what is missing is missing.
struct SnapshotDecoding {
  /// The newest version of the format that is understood.
  static let version = 1
  /// What the attachment is called.
  static let fileName = "nevermore.snapshot"

  let root: JSON
  private var reading: NodeReading

  /// `nil` for what is no snapshot of a known version.
  init?(_ root: JSON, standardTypes: [String: String]) {
    guard let version = root["nevermore"]?.integer, 1...Self.version ~= version,
      root["exceptions"]?.items != nil
    else { return nil }
    self.root = root
    reading = NodeReading(nodes: root["nodes"]?.items ?? [], standardTypes: standardTypes)
  }

  /// The event that a snapshot is by itself.
  mutating func event() -> FailureEvent {
    FailureEvent(
      identifier: root["event"]?.text ?? "",
      timestamp: root["time"]?.double.map { Date(timeIntervalSince1970: $0) },
      platform: root["language"]?.text ?? "other", release: root["release"]?.text,
      environment: root["environment"]?.text, exceptions: exceptions(), request: request(),
      runtime: root["runtime"]?.text, work: work())
  }

  /// The sender's own account of a failure, with what the snapshot knows better.
  mutating func complete(_ event: FailureEvent) -> FailureEvent {
    var event = event
    event.work = work()
    event.request = request() ?? event.request
    let known = exceptions()
    guard known.count == event.exceptions.count else {
      // Chains are cut differently: the failure itself is the last one on both sides.
      if let last = event.exceptions.indices.last, let own = known.last {
        event.exceptions[last].take(own)
      }
      return event
    }
    for index in known.indices { event.exceptions[index].take(known[index]) }
    return event
  }

  // MARK: parts

  private mutating func exceptions() -> [ExceptionRecord] {
    (root["exceptions"]?.items ?? []).map { record in
      ExceptionRecord(
        type: record["type"]?.text ?? "unknown", module: record["module"]?.text,
        message: record["message"]?.text ?? "",
        frames: (record["frames"]?.items ?? []).map { frame($0) })
    }
  }

  private mutating func frame(_ record: JSON) -> Frame {
    let path = record["file"]?.text
    return Frame(
      file: path ?? "<unknown>", absolutePath: path,
      function: record["function"]?.text ?? "<unknown>", module: record["module"]?.text,
      line: record["line"]?.integer ?? 0, variables: reading.pairs(record["variables"]),
      entry: reading.pairs(record["entry"]), globals: reading.pairs(record["globals"]),
      isWhole: true)
  }

  private mutating func request() -> RequestRecord? {
    guard let record = root["request"], let url = record["url"]?.text else { return nil }
    let body = record["body"].map { reading.value($0) }
    let text: String? =
      switch body {
      case .string(let text): text
      case .bytes(let bytes, _): String(validating: bytes, as: UTF8.self)
      default: nil
      }
    return RequestRecord(
      method: record["method"]?.text ?? "GET", url: url, headers: reading.pairs(record["headers"]),
      body: text.flatMap { $0.isEmpty ? nil : .text($0) })
  }

  private mutating func work() -> [RecordedWork] {
    (root["work"]?.items ?? []).compactMap { entry in
      read(entry).map {
        RecordedWork(
          $0, caller: entry["caller"]?[2]?.text, callerFile: entry["caller"]?[0]?.text)
      }
    }
  }

  private mutating func read(_ entry: JSON) -> RecordedWork.Read? {
    let name = entry["name"]?.text
    let function = entry["function"]?.text ?? ""
    let value = entry["value"].map { reading.value($0) } ?? .null
    switch entry["kind"]?.text {
    case "database": return .query(query(entry))
    case "http": return .exchange(exchange(entry))
    case "redis":
      return .command(
        reading.values(entry["command"]), answer: entry["answer"].map { reading.value($0) })
    case "environment": return name.flatMap { variable($0, value) }
    case "clock": return .clock(function: function, value: value)
    case "random": return .draw(function: function, value: value)
    case "setting": return name.map { .setting(name: $0, value: value) }
    default: return nil
    }
  }

  /// One whose value was cut or redacted is not known at all.
  private func variable(_ name: String, _ value: CapturedValue) -> RecordedWork.Read? {
    switch value {
    case .string(let text): .variable(name: name, value: text)
    case .null: .variable(name: name, value: nil)
    default: nil
    }
  }

  private mutating func query(_ entry: JSON) -> RecordedQuery {
    let rows = reading.values(entry["rows"])
    var query = RecordedQuery(
      driver: entry["module"]?.text ?? "", statement: text(entry["statement"]),
      parameters: reading.value(entry["parameters"] ?? .null),
      columns: (entry["columns"]?.items ?? []).map { text($0) }, rows: rows.map(\.asRow),
      isCut: entry["count"]?.integer != nil,
      hasFailed: entry["failure"] != nil && entry["failure"] != .null)
    query.isNamed = rows.contains { if case .object = $0 { true } else { false } }
    return query
  }

  /// A text, which may be a node of its own; empty where it is cut.
  private mutating func text(_ json: JSON?) -> String {
    guard let json, case .string(let text) = reading.value(json) else { return "" }
    return text
  }

  private mutating func exchange(_ entry: JSON) -> RecordedExchange {
    RecordedExchange(
      client: entry["client"]?.text ?? "", method: entry["method"]?.text ?? "GET",
      url: entry["url"]?.text ?? "", status: entry["status"]?.integer,
      headers: reading.pairs(entry["headers"]), body: reading.value(entry["body"] ?? .null))
  }
}

extension ExceptionRecord {
  /// Takes over what the live frames held; frames are the same where function and line are.
  fileprivate mutating func take(_ known: ExceptionRecord) {
    var left = known.frames[...]
    for index in frames.indices.reversed() {
      let mine = frames[index]
      guard
        let found = left.lastIndex(where: {
          $0.line == mine.line && $0.function.isSameFunction(as: mine.function)
        })
      else { continue }
      frames[index].variables = left[found].variables
      frames[index].entry = left[found].entry
      frames[index].globals = left[found].globals
      frames[index].isWhole = true
      left = left[..<found]
    }
  }
}

extension CapturedValue {
  /// A row of a type of its own is the values of its columns.
  fileprivate var asRow: CapturedValue {
    guard case .object(let object) = self, object.positional.isEmpty else { return self }
    if let content = object.content { return content }
    if !object.named.isEmpty { return .tuple(object.named.map(\.value)) }
    return self
  }
}

extension String {
  /// Some clients send `Cart.total`, others `total`.
  fileprivate func isSameFunction(as other: String) -> Bool {
    self == other || hasSuffix("." + other) || other.hasSuffix("." + self)
  }
}

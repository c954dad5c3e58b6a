import Failures
import Foundation
import Interchange

extension FailureEvent {
  /// An event of the store; `nil` where it is none, or of a release that came after this one. Its frames have no origin yet.
  public init?(stored bytes: [UInt8]) {
    guard let json = try? JSON(parsing: bytes, depthLimit: JSON.deepestLimit),
      let scheme = json["scheme"]?.integer, scheme <= Self.storedScheme
    else { return nil }
    self.init(
      identifier: json["identifier"]?.text ?? "",
      timestamp: json["timestamp"]?.double.map(Date.init(timeIntervalSince1970:)),
      platform: json["platform"]?.text ?? "", release: json["release"]?.text,
      environment: json["environment"]?.text, message: json["message"]?.text,
      exceptions: (json["exceptions"]?.items ?? []).map(ExceptionRecord.init(stored:)),
      request: json["request"].flatMap(RequestRecord.init(stored:)),
      breadcrumbs: (json["breadcrumbs"]?.items ?? []).map(Breadcrumb.init(stored:)),
      packages: Dictionary(
        (json["packages"]?.items ?? []).map { ($0[0]?.text ?? "", $0[1]?.text ?? "") },
        uniquingKeysWith: { $1 }),
      arguments: (json["arguments"]?.items ?? []).compactMap(\.text),
      transaction: json["transaction"]?.text, traceIdentifier: json["trace"]?.text,
      runtime: json["runtime"]?.text, facts: StoredValue.named(json["facts"]),
      work: (json["work"]?.items ?? []).compactMap(RecordedWork.init(stored:)))
  }
}

extension ExceptionRecord {
  fileprivate init(stored json: JSON) {
    self.init(
      type: json["type"]?.text ?? "", module: json["module"]?.text,
      message: json["message"]?.text ?? "",
      frames: (json["frames"]?.items ?? []).map(Frame.init(stored:)),
      isHandled: json["handled"]?.bool, mechanism: json["mechanism"]?.text,
      identifier: json["identifier"]?.integer, parent: json["parent"]?.integer,
      isGroup: json["group"]?.bool ?? false)
  }
}

extension Frame {
  fileprivate init(stored json: JSON) {
    self.init(
      file: json["file"]?.text ?? "", absolutePath: json["path"]?.text,
      function: json["function"]?.text ?? "", module: json["module"]?.text,
      line: json["line"]?.integer ?? 0,
      linesBefore: (json["before"]?.items ?? []).compactMap(\.text),
      sourceLine: json["source"]?.text,
      linesAfter: (json["after"]?.items ?? []).compactMap(\.text),
      variables: StoredValue.named(json["variables"]), entry: StoredValue.named(json["entry"]),
      globals: StoredValue.named(json["globals"]), isWhole: json["whole"]?.bool ?? false)
  }
}

extension RequestRecord {
  fileprivate init?(stored json: JSON) {
    guard json.members != nil else { return nil }
    let body: Body? =
      switch json["body"]?[0]?.text {
      case "structured": .structured(StoredValue.value(json["body"]?[1]))
      case "text": .text(json["body"]?[1]?.text ?? "")
      case "dropped": .dropped
      default: nil
      }
    self.init(
      method: json["method"]?.text ?? "", url: json["url"]?.text ?? "",
      query: StoredValue.named(json["query"]), headers: StoredValue.named(json["headers"]),
      cookies: StoredValue.named(json["cookies"]), body: body)
  }
}

extension Breadcrumb {
  fileprivate init(stored json: JSON) {
    self.init(
      category: json[0]?.text ?? "", message: json[1]?.text ?? "",
      fields: StoredValue.named(json[2]))
  }
}

extension RecordedWork {
  fileprivate init?(stored json: JSON) {
    guard let parts = json[0], let read = Self.read(parts) else { return nil }
    self.init(read, caller: json[1]?.text, callerFile: json[2]?.text)
  }

  private static func read(_ parts: JSON) -> Read? {
    switch parts[0]?.text {
    case "query": .query(RecordedQuery(stored: parts))
    case "exchange": .exchange(RecordedExchange(stored: parts))
    case "command":
      .command(
        (parts[1]?.items ?? []).map { StoredValue.value($0) },
        answer: parts[2]?.items?.first.map { StoredValue.value($0) })
    case "variable": .variable(name: parts[1]?.text ?? "", value: parts[2]?.text)
    case "clock": .clock(function: parts[1]?.text ?? "", value: StoredValue.value(parts[2]))
    case "draw": .draw(function: parts[1]?.text ?? "", value: StoredValue.value(parts[2]))
    case "setting": .setting(name: parts[1]?.text ?? "", value: StoredValue.value(parts[2]))
    default: nil
    }
  }
}

extension RecordedQuery {
  fileprivate init(stored parts: JSON) {
    self.init(
      driver: parts[1]?.text ?? "", statement: parts[2]?.text ?? "",
      parameters: StoredValue.value(parts[3]),
      columns: (parts[4]?.items ?? []).compactMap(\.text),
      rows: (parts[5]?.items ?? []).map { StoredValue.value($0) },
      isCut: parts[7]?.bool ?? false, hasFailed: parts[8]?.bool ?? false)
    isNamed = parts[6]?.bool ?? false
  }
}

extension RecordedExchange {
  fileprivate init(stored parts: JSON) {
    self.init(
      client: parts[1]?.text ?? "", method: parts[2]?.text ?? "", url: parts[3]?.text ?? "",
      status: parts[4]?.integer, headers: StoredValue.named(parts[5]),
      body: StoredValue.value(parts[6]))
  }
}

import Failures
import Foundation
import Interchange

/// An event in the shape of Sentry's protocol, and what older clients made of it.
struct EventDecoding {
  let root: Field
  let values: ValueReading

  init(event: JSON, values: ValueReading) {
    root = Field(event, meta: event["_meta"])
    self.values = values
  }

  /// Whether the value says anything that a failure could be read from.
  static func recognises(_ event: JSON) -> Bool {
    ["exception", "sentry.interfaces.Exception", "message", "logentry", "stacktrace", "threads"]
      .contains { event[$0] != nil && event[$0] != .null }
  }

  func event() throws(IntakeError) -> FailureEvent {
    FailureEvent(
      identifier: try root["event_id"]?.text() ?? "",
      timestamp: root["timestamp", "received"].flatMap { Timestamp.date($0.value) },
      platform: try root["platform"]?.text() ?? "other",
      release: try release(),
      environment: root["environment"]?.looseText() ?? tag("environment"),
      message: try message(),
      exceptions: try exceptions(),
      request: try RequestDecoding(values: values).request(root["request"]),
      breadcrumbs: try breadcrumbs(),
      packages: try packages(),
      arguments: arguments(),
      transaction: root["transaction"]?.looseText() ?? tag("transaction"),
      traceIdentifier: root["contexts"]?["trace"]?["trace_id"]?.looseText(),
      runtime: root["contexts"]?["runtime"]?["version"]?.looseText(),
      facts: try facts())
  }

  private func exceptions() throws(IntakeError) -> [ExceptionRecord] {
    guard let field = root["exception", "sentry.interfaces.Exception"] else { return [] }
    let decoding = ExceptionDecoding(values: values)
    var records: [ExceptionRecord] = []
    for value in try field.listOfValues() { records.append(try decoding.record(value)) }
    // Clients of the first generation put a lone exception's stack beside it.
    if records.count == 1, records[0].frames.isEmpty, let stack = root["stacktrace"] {
      records[0].frames = try decoding.frames(stack)
    }
    return records
  }

  private func release() throws(IntakeError) -> String? {
    guard let release = root["release"] else { return tag("release") }
    if let version = release["version"] { return try version.text() }
    return try release.text()
  }

  /// What was logged, with its values in place if the sender put them there.
  private func message() throws(IntakeError) -> String? {
    if let entry = root["logentry", "sentry.interfaces.Message"] {
      if entry.value.text != nil { return try entry.text() }
      let text = try entry.requireObject()["formatted", "message"]
      return text?.looseText()
    }
    guard let message = root["message"] else { return nil }
    return (message["formatted", "message"] ?? message).looseText()
  }

  private func breadcrumbs() throws(IntakeError) -> [Breadcrumb] {
    guard let field = root["breadcrumbs"] else { return [] }
    var crumbs: [Breadcrumb] = []
    for crumb in try field.listOfValues() {
      let crumb = try crumb.requireObject()
      var fields =
        crumb["data"]?.value.members == nil
        ? [] : try values.named(crumb["data"], leaves: .native)
      for name in ["type", "level", "timestamp"] where !fields.contains(where: { $0.name == name })
      {
        guard let field = crumb[name] else { continue }
        fields.append(
          NamedValue(name, values.value(field.value, meta: field.meta, leaves: .native)))
      }
      crumbs.append(
        Breadcrumb(
          category: crumb["category"]?.looseText() ?? "",
          message: crumb["message"]?.looseText() ?? "", fields: fields))
    }
    return crumbs
  }

  private func packages() throws(IntakeError) -> [String: String] {
    guard let field = root["modules"] else { return [:] }
    var packages: [String: String] = [:]
    for member in try field.requireObject().value.members ?? [] {
      packages[member.key] = member.value.text ?? member.value.text(.compact)
    }
    return packages
  }

  /// The command line; the oldest clients sent each word in notation.
  private func arguments() -> [String] {
    let words = (root["extra"]?["sys.argv"]?.value.items ?? []).compactMap(\.text)
    return words.map { word in
      guard let quote = word.first, quote == "'" || quote == "\"", word.count > 1,
        word.last == quote, case .string(let text) = values.readLeaf(word)
      else { return word }
      return text
    }
  }

  private func tag(_ name: String) -> String? {
    Pairs.read(root["tags"]?.value).first { $0.name == name }?.value.text
  }

  private func facts() throws(IntakeError) -> [NamedValue] {
    var facts: [NamedValue] = []
    for name in ["level", "logger", "server_name", "dist"] {
      facts += fact(name, root[name])
    }
    for pair in Pairs.read(root["tags"]?.value) {
      facts.append(
        NamedValue("tags.\(pair.name)", values.value(pair.value, meta: nil, leaves: .native)))
    }
    facts += group("extra", without: ["sys.argv"])
    facts += group("contexts", without: ["trace", "runtime"])
    facts += group("user", without: [])
    if let environment = root["request"]?["env"], environment.value.members != nil {
      facts += try values.named(environment, leaves: .native).map {
        NamedValue("request.env.\($0.name)", $0.value)
      }
    }
    facts += fact("logentry.params", root["logentry"]?["params"])
    return facts
  }

  private func fact(_ name: String, _ field: Field?) -> [NamedValue] {
    guard let field else { return [] }
    return [NamedValue(name, values.value(field.value, meta: field.meta, leaves: .native))]
  }

  private func group(_ name: String, without left: Set<String>) -> [NamedValue] {
    guard let field = root[name] else { return [] }
    return (field.value.members ?? []).filter { !left.contains($0.key) && !$0.value.isNull }.map {
      NamedValue(
        "\(name).\($0.key)",
        values.value($0.value, meta: field.meta?[$0.key], leaves: .native))
    }
  }
}

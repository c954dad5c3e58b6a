import Interchange

/// The JSON that Sentry's API gives for an event, brought into the shape that clients send.
enum IssueEvent {
  static func recognises(_ json: JSON) -> Bool { json["entries"]?.items != nil }

  static func asEvent(_ issue: JSON) -> JSON {
    var members: [JSON.Member] = []
    var meta: [JSON.Member] = []
    func add(_ name: String, _ value: JSON?) {
      if let value, !value.isNull { members.append(.init(name, value)) }
    }
    add("event_id", issue["eventID"] ?? issue["id"])
    add("timestamp", issue["dateCreated"] ?? issue["dateReceived"])
    add("release", issue["release"])
    add("modules", issue["packages"])
    add("extra", issue["context"])
    for name in ["platform", "environment", "transaction", "contexts", "tags", "user", "dist"] {
      add(name, issue[name])
    }
    for (position, entry) in (issue["entries"]?.items ?? []).enumerated() {
      guard let name = entry["type"]?.text.flatMap(protocolName),
        !members.contains(where: { $0.key == name }), let part = entry["data"]
      else { continue }
      add(name, renamed(part, in: name))
      if let remarks = issue["_meta"]?["entries"]?[String(position)]?["data"] {
        meta.append(.init(name, remarks))
      }
    }
    if !members.contains(where: { $0.key == "logentry" }) { add("message", issue["message"]) }
    members.append(.init("_meta", .object(meta)))
    return .object(members)
  }

  private static func protocolName(_ entry: String) -> String? {
    switch entry {
    case "exception", "breadcrumbs", "request", "stacktrace": entry
    case "message": "logentry"
    default: nil
    }
  }

  private static func renamed(_ part: JSON, in name: String) -> JSON {
    switch name {
    case "exception":
      changing(part, "values") { values in
        mapping(values) { value in changing(value, "stacktrace", stack) }
      }
    case "stacktrace": stack(part)
    default: part
    }
  }

  private static func stack(_ stack: JSON) -> JSON {
    changing(stack, "frames") { mapping($0, frame) }
  }

  private static func frame(_ frame: JSON) -> JSON {
    guard let members = frame.members else { return frame }
    var renamed: [JSON.Member] = []
    for member in members {
      switch member.key {
      case "absPath": renamed.append(.init("abs_path", member.value))
      case "lineNo": renamed.append(.init("lineno", member.value))
      case "context":
        renamed += context(member.value, around: frame["lineNo"]?.integer)
      default: renamed.append(member)
      }
    }
    return .object(renamed)
  }

  /// Numbered lines, parted at the frame's own.
  private static func context(_ lines: JSON, around number: Int?) -> [JSON.Member] {
    guard let items = lines.items, let number else { return [] }
    func texts(_ isIncluded: (Int) -> Bool) -> [JSON] {
      items.compactMap { item in
        guard let line = item[0]?.integer, isIncluded(line) else { return nil }
        return item[1] ?? .null
      }
    }
    var members: [JSON.Member] = [
      .init("pre_context", .array(texts { $0 < number })),
      .init("post_context", .array(texts { $0 > number })),
    ]
    if let line = texts({ $0 == number }).first { members.append(.init("context_line", line)) }
    return members
  }

  private static func changing(
    _ object: JSON, _ key: String, _ change: (JSON) -> JSON
  ) -> JSON {
    guard let members = object.members else { return object }
    return .object(
      members.map { $0.key == key ? JSON.Member(key, change($0.value)) : $0 })
  }

  private static func mapping(_ list: JSON, _ change: (JSON) -> JSON) -> JSON {
    guard let items = list.items else { return list }
    return .array(items.map(change))
  }
}

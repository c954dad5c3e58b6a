import Failures
import Foundation
import Interchange

extension StoredValue {
  /// The way back; a word that this release does not know is a value that was not read.
  static func value(_ json: JSON?) -> CapturedValue {
    switch json {
    case .null: return .null
    case .bool(let truth): return .bool(truth)
    case .string(let text): return .string(text)
    case .illFormedString(let units): return .illFormedString(units)
    case .array(let parts): return value(parts[...])
    case .number, .object, nil: return .unread
    }
  }

  private static func value(_ parts: ArraySlice<JSON>) -> CapturedValue {
    let rest = Array(parts.dropFirst())
    func part(_ position: Int) -> JSON? {
      rest.indices.contains(position) ? rest[position] : nil
    }
    func text(_ position: Int = 0) -> String { part(position)?.text ?? "" }
    switch parts.first?.text {
    case "integer": return .integer(text())
    case "float": return .float(Double(text()) ?? .nan)
    case "units":
      return .illFormedString(
        (part(0)?.items ?? []).compactMap { $0.integer.map(UInt16.init(truncatingIfNeeded:)) })
    case "bytes":
      return .bytes(Array(Data(base64Encoded: text()) ?? Data()), mutable: part(1)?.bool ?? false)
    case "list": return .list(rest.map { value($0) })
    case "tuple": return .tuple(rest.map { value($0) })
    case "set": return .set(rest.dropFirst().map { value($0) }, frozen: part(0)?.bool ?? false)
    case "map": return .map(rest.map { MapEntry(key: value($0[0]), value: value($0[1])) })
    case "object": return .object(object(rest))
    case "reference": return .reference(part(0)?.integer ?? 0)
    case "enumeration":
      return .enumeration(
        type: text(), member: text(1), raw: part(2)?.items?.first.map { value($0) })
    case "date": return moment(rest).map(CapturedValue.date) ?? .unread
    case "decimal": return .decimal(text())
    case "uuid": return .uuid(text())
    case "path": return .path(text())
    case "named": return .named(text())
    case "cut": return .truncated(known: value(part(0)), certain: part(1)?.bool ?? true)
    case "opaque": return .opaque(type: part(0)?.text, description: text(1))
    case "redacted": return .redacted(kind: text())
    case "absent": return .absent
    default: return .unread
    }
  }

  private static func object(_ rest: [JSON]) -> ObjectValue {
    func part(_ position: Int) -> JSON? {
      rest.indices.contains(position) ? rest[position] : nil
    }
    let form: ObjectValue.Form =
      switch part(4)?.text {
      case "state": .state
      case "record": .record
      default: .construction
      }
    return ObjectValue(
      type: part(0)?.text ?? "", positional: (part(1)?.items ?? []).map { value($0) },
      named: named(part(2)), identity: part(3)?.integer, form: form,
      content: part(5)?.items?.first.map { value($0) })
  }

  private static func moment(_ rest: [JSON]) -> Moment? {
    guard rest.count == 4, let kind = rest[0].text.flatMap(Moment.Kind.init) else { return nil }
    let zone: Moment.Zone? =
      switch rest[2] {
      case "utc": .utc
      case .array(let parts) where parts.first?.integer != nil:
        .offset(seconds: parts[0].integer ?? 0, name: parts.last?.text)
      case .array(let parts): .named(parts.first?.text ?? "")
      default: nil
      }
    return Moment(
      kind: kind, fields: (rest[1].items ?? []).compactMap(\.integer), zone: zone,
      fold: rest[3].bool ?? false)
  }

  static func named(_ json: JSON?) -> [NamedValue] {
    (json?.items ?? []).map { NamedValue($0[0]?.text ?? "", value($0[1])) }
  }
}

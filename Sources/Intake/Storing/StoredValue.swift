import Failures
import Foundation
import Interchange

/// Captured values as they lie in the store: a word and its parts, so that no release depends on the names of another's types.
enum StoredValue {
  /// Beyond so many levels a value is stored as cut: what is read back is never deeper than a reader takes.
  static let depthLimit = 300

  static func json(_ value: CapturedValue, depth: Int = 0) -> JSON {
    guard depth < depthLimit else { return json(.truncated(known: .null, certain: true)) }
    func inner(_ value: CapturedValue) -> JSON { json(value, depth: depth + 1) }
    func named(_ values: [NamedValue]) -> JSON {
      .array(values.map { [.string($0.name), inner($0.value)] })
    }
    switch value {
    case .null: return nil
    case .bool(let truth): return .bool(truth)
    case .string(let text): return .string(text)
    case .integer(let digits): return ["integer", .string(digits)]
    case .float(let number): return ["float", .string("\(number)")]
    case .illFormedString(let units):
      return ["units", .array(units.map { .integer(Int($0)) })]
    case .bytes(let content, let mutable):
      return ["bytes", .string(Data(content).base64EncodedString()), .bool(mutable)]
    case .list(let items): return .array(["list"] + items.map(inner))
    case .tuple(let items): return .array(["tuple"] + items.map(inner))
    case .set(let items, let frozen): return .array(["set", .bool(frozen)] + items.map(inner))
    case .map(let entries):
      return .array(["map"] + entries.map { [inner($0.key), inner($0.value)] })
    case .object(let object):
      return [
        "object", .string(object.type), .array(object.positional.map(inner)), named(object.named),
        object.identity.map(JSON.integer) ?? nil, .string(word(object.form)),
        .array(object.content.map { [inner($0)] } ?? []),
      ]
    case .reference(let identity): return ["reference", .integer(identity)]
    case .enumeration(let type, let member, let raw):
      return ["enumeration", .string(type), .string(member), .array(raw.map { [inner($0)] } ?? [])]
    case .date(let moment): return json(moment)
    case .decimal(let digits): return ["decimal", .string(digits)]
    case .uuid(let digits): return ["uuid", .string(digits)]
    case .path(let path): return ["path", .string(path)]
    case .named(let name): return ["named", .string(name)]
    case .truncated(let known, let certain): return ["cut", inner(known), .bool(certain)]
    case .opaque(let type, let description):
      return ["opaque", .optional(type), .string(description)]
    case .redacted(let kind): return ["redacted", .string(kind)]
    case .absent: return ["absent"]
    case .unread: return ["unread"]
    }
  }

  private static func json(_ moment: Moment) -> JSON {
    let zone: JSON =
      switch moment.zone {
      case nil: nil
      case .utc: "utc"
      case .offset(let seconds, let name): [.integer(seconds), .optional(name)]
      case .named(let name): [.string(name)]
      }
    return [
      "date", .string(moment.kind.rawValue), .array(moment.fields.map(JSON.integer)), zone,
      .bool(moment.fold),
    ]
  }

  private static func word(_ form: ObjectValue.Form) -> String {
    switch form {
    case .construction: "construction"
    case .state: "state"
    case .record: "record"
    }
  }

  static func named(_ values: [NamedValue]) -> JSON {
    .array(values.map { [.string($0.name), json($0.value)] })
  }
}

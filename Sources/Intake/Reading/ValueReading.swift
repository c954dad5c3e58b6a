import Failures
import Interchange

/// Values of an event as captured values, with every loss marked.
struct ValueReading {
  /// How strings are meant: as notation of the sender's language, or as themselves.
  enum Leaves { case notation, native }

  /// Clients cut lists and maps at this count, and often say nothing.
  static let suspiciousCount = 10

  let readLeaf: @Sendable (String) -> CapturedValue

  func value(_ json: JSON, meta: JSON?, leaves: Leaves) -> CapturedValue {
    let remark = Remark(meta)
    if let kind = remark?.redaction { return .redacted(kind: kind) }
    switch json {
    case .null: return remark?.isFlattened == true ? .truncated(known: .null, certain: true) : .null
    case .bool(let truth): return .bool(truth)
    case .number: return Self.number(json)
    case .string(let text): return string(text, remark: remark, leaves: leaves)
    case .illFormedString(let units):
      if leaves == .native { return .illFormedString(units) }
      return .opaque(type: nil, description: String(decoding: units, as: UTF16.self))
    case .array(let items):
      let values = items.enumerated().map { position, item in
        value(item, meta: meta?[String(position)], leaves: leaves)
      }
      return Self.marked(.list(values), count: values.count, remark: remark)
    case .object(let members):
      let entries = members.map { member in
        MapEntry(
          key: member.illFormedKey.map(CapturedValue.illFormedString) ?? .string(member.key),
          value: value(member.value, meta: meta?[member.key], leaves: leaves))
      }
      return Self.marked(.map(entries), count: entries.count, remark: remark)
    }
  }

  /// Names and values of an object, in order.
  func named(_ field: Field?, leaves: Leaves) throws(IntakeError) -> [NamedValue] {
    guard let field else { return [] }
    return (try field.requireObject().value.members ?? []).map { member in
      NamedValue(
        member.key, value(member.value, meta: field.meta?[member.key], leaves: leaves))
    }
  }

  private func string(_ text: String, remark: Remark?, leaves: Leaves) -> CapturedValue {
    if Self.isMask(text) { return .redacted(kind: "filtered") }
    if remark?.isFlattened == true { return flattened(text) }
    let known = leaves == .notation ? readLeaf(text) : .string(text)
    let length = text.unicodeScalars.count
    let isCut = remark?.isCut == true || (remark?.originalLength ?? 0) > length
    guard isCut || remark?.isPartlyReplaced == true else { return known }
    if case .truncated(let inner, _) = known { return .truncated(known: inner, certain: true) }
    return .truncated(known: known, certain: true)
  }

  /// A structure below the sender's depth limit: whole, if its notation is.
  private func flattened(_ text: String) -> CapturedValue {
    let value = readLeaf(text)
    return value.isExact ? value : .truncated(known: value, certain: true)
  }

  private static func marked(
    _ value: CapturedValue, count: Int, remark: Remark?
  ) -> CapturedValue {
    if let length = remark?.originalLength {
      return length > count ? .truncated(known: value, certain: true) : value
    }
    if let remark, remark.isCut || remark.isFlattened || remark.isPartlyReplaced {
      return .truncated(known: value, certain: true)
    }
    return count == suspiciousCount ? .truncated(known: value, certain: false) : value
  }

  private static func number(_ json: JSON) -> CapturedValue {
    if let digits = json.integerLiteral { return .integer(digits == "-0" ? "0" : digits) }
    return .float(json.double ?? .nan)
  }

  /// What clients old and new put in a secret's place.
  static func isMask(_ text: String) -> Bool { text == "[Filtered]" || text == "********" }
}

import Failures

extension CapturedValue {
  /// Without secrets: whole values under secret names are redacted, secrets inside texts are replaced in their place.
  func scrubbed(under kind: String? = nil) -> CapturedValue {
    switch self {
    case .string(let text):
      if let kind { return .redacted(kind: kind) }
      return .string(SecretText.scrubbed(text))
    case .illFormedString(let units):
      if let kind { return .redacted(kind: kind) }
      return Self.scrubbed(units: units)
    case .bytes(let bytes, let mutable):
      if let kind { return .redacted(kind: kind) }
      return .bytes(SecretText.scrubbed(bytes), mutable: mutable)
    case .path(let path): return .path(SecretText.scrubbed(path))
    case .opaque(let type, let description):
      return Self.scrubbedOpaque(type: type, description: description, under: kind)
    case .list(let values): return .list(values.map { $0.scrubbed(under: kind) })
    case .tuple(let values): return .tuple(values.map { $0.scrubbed(under: kind) })
    case .set(let values, let frozen):
      return .set(values.map { $0.scrubbed(under: kind) }, frozen: frozen)
    case .map(let entries): return .map(entries.map { $0.scrubbed(under: kind) })
    case .object(var object):
      object.positional = object.positional.map { $0.scrubbed(under: kind) }
      object.named = object.named.map { $0.scrubbed(under: kind) }
      object.content = object.content?.scrubbed(under: kind)
      return .object(object)
    case .enumeration(let type, let member, let raw):
      return .enumeration(type: type, member: member, raw: raw?.scrubbed(under: kind))
    case .truncated(let known, let certain):
      let known = known.scrubbed(under: kind)
      if case .redacted = known { return known }
      return .truncated(known: known, certain: certain)
    case .null, .bool, .integer, .float, .reference, .date, .decimal, .uuid, .redacted, .absent,
      .unread, .named:
      return self
    }
  }

  /// The name of a type and an address betray nothing, and say which receiver to rebuild.
  private static func scrubbedOpaque(
    type: String?, description: String, under kind: String?
  ) -> CapturedValue {
    if let kind, !isPlainReference(description) { return .redacted(kind: kind) }
    return .opaque(type: type, description: SecretText.scrubbed(description))
  }

  /// `<shop.Basket object at 0x7f…>`, or an empty description beside a type.
  private static func isPlainReference(_ description: String) -> Bool {
    if description.isEmpty { return true }
    let words = description.split(separator: " ")
    return words.count >= 3 && words.count <= 4 && description.hasPrefix("<")
      && words[words.count - 2] == "at" && words[words.count - 1].hasPrefix("0x")
      && words[words.count - 3] == "object"
  }

  /// Each unpaired surrogate parts the text into pieces that are scrubbed on their own.
  private static func scrubbed(units: [UInt16]) -> CapturedValue {
    var result: [UInt16] = []
    var rest = units[...]
    while !rest.isEmpty {
      let piece = rest.prefix { !UTF16.isSurrogate($0) }
      result += SecretText.scrubbed(String(decoding: piece, as: UTF16.self)).utf16
      rest = rest[piece.endIndex...]
      if let surrogate = rest.popFirst() { result.append(surrogate) }
    }
    return .illFormedString(result)
  }
}

extension MapEntry {
  fileprivate func scrubbed(under kind: String?) -> MapEntry {
    var own = kind
    if case .string(let name) = key { own = SecretNames.kind(name) ?? kind }
    return MapEntry(key: key.scrubbed(), value: value.scrubbed(under: own))
  }
}

extension NamedValue {
  /// A name that announces a secret decides over the value, else what stands around it does.
  func scrubbed(under kind: String? = nil) -> NamedValue {
    NamedValue(name, value.scrubbed(under: SecretNames.kind(name) ?? kind))
  }
}

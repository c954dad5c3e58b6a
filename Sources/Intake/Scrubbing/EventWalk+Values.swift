import Failures

extension EventWalk {
  /// A name that announces a secret decides over the value, else what stands around it does.
  func walked(_ named: NamedValue, _ place: String, under kind: String? = nil) -> NamedValue {
    if names.isKept(named.name) {
      keep(named.value)
      return named
    }
    let own = names.kind(named.name) ?? names.loose(named.name, named.value) ?? kind
    return NamedValue(
      named.name, walked(named.value, "\(Self.shown(named.name)) of \(place)", under: own))
  }

  func walked(_ value: CapturedValue, _ place: String, under kind: String? = nil) -> CapturedValue {
    func all(_ values: [CapturedValue]) -> [CapturedValue] {
      values.map { walked($0, place, under: kind) }
    }
    switch value {
    case .string(let text): return .string(self.text(text, place, under: kind))
    case .illFormedString(let units): return .illFormedString(walked(units, place, under: kind))
    case .bytes(let bytes, let mutable):
      return .bytes(self.bytes(bytes, place, under: kind), mutable: mutable)
    case .path(let path): return .path(text(path, place, under: kind))
    case .uuid(let text): return .uuid(kind == nil ? text : self.text(text, place, under: kind))
    case .integer(let digits): return .integer(walked(digits: digits, place, under: kind))
    case .opaque(let type, let description):
      // The name of a type and an address betray nothing, and say which receiver to rebuild.
      let isPlain = Self.isPlainReference(description)
      return .opaque(
        type: type, description: isPlain ? description : text(description, place, under: kind))
    case .list(let values): return .list(all(values))
    case .tuple(let values): return .tuple(all(values))
    case .set(let values, let frozen): return .set(all(values), frozen: frozen)
    case .map(let entries): return .map(entries.map { walked($0, place, under: kind) })
    case .object(var object):
      object.positional = all(object.positional)
      object.named = object.named.map { walked($0, place, under: kind) }
      object.content = object.content.map { walked($0, place, under: kind) }
      return .object(object)
    case .enumeration(let type, let member, let raw):
      return .enumeration(type: type, member: member, raw: raw.map { walked($0, place) })
    case .truncated(let known, let certain):
      return .truncated(known: walked(known, place, under: kind), certain: certain)
    case .null, .bool, .float, .reference, .date, .decimal, .redacted, .absent, .unread, .named:
      return value
    }
  }

  private func walked(_ entry: MapEntry, _ place: String, under kind: String?) -> MapEntry {
    guard case .string(let name) = entry.key else {
      return MapEntry(
        key: walked(entry.key, place), value: walked(entry.value, place, under: kind))
    }
    let value = walked(NamedValue(name, entry.value), place, under: kind).value
    return MapEntry(key: .string(text(name, "a key of \(place)")), value: value)
  }

  /// Numbers are structure, but for those that people are called by, and those that open something.
  private func walked(digits: String, _ place: String, under kind: String?) -> String {
    let count = digits.utf8.count
    if let kind, count >= 6, ["password", "phone", "card", "one-time-code"].contains(kind) {
      return text(digits, place, under: kind)
    }
    return count == 15 || count == 16 ? text(digits, place) : digits
  }

  /// `<shop.Basket object at 0x7f…>`, or an empty description beside a type.
  private static func isPlainReference(_ description: String) -> Bool {
    if description.isEmpty { return true }
    let words = description.split(separator: " ")
    return words.count >= 3 && words.count <= 4 && description.hasPrefix("<")
      && words[words.count - 2] == "at" && words[words.count - 1].hasPrefix("0x")
      && words[words.count - 3] == "object"
  }

  /// A half of a pair stays where it is: as three bytes that are no character it can be told from all others.
  private func walked(_ units: [UInt16], _ place: String, under kind: String?) -> [UInt16] {
    var bytes: [UInt8] = []
    var position = 0
    while position < units.count {
      let unit = units[position]
      let isPair =
        UTF16.isLeadSurrogate(unit) && position + 1 < units.count
        && UTF16.isTrailSurrogate(units[position + 1])
      if UTF16.isSurrogate(unit), !isPair {
        bytes += [0xED, 0x80 | UInt8(unit >> 6 & 0x3F), 0x80 | UInt8(unit & 0x3F)]
        position += 1
      } else {
        let width = isPair ? 2 : 1
        bytes += String(decoding: units[position..<(position + width)], as: UTF16.self).utf8
        position += width
      }
    }
    return Self.units(of: self.bytes(bytes, place, under: kind))
  }

  private static func units(of bytes: [UInt8]) -> [UInt16] {
    var units: [UInt16] = []
    var position = 0
    while position < bytes.count {
      if let (scalar, width) = bytes.scalar(at: position) {
        units += String(scalar).utf16
        position += width
      } else if position + 2 < bytes.count {
        units.append(
          0xD000 | UInt16(bytes[position + 1] & 0x3F) << 6 | UInt16(bytes[position + 2] & 0x3F))
        position += 3
      } else {
        position += 1
      }
    }
    return units
  }
}

extension SecretNames {
  /// What a name says of a value that looks like it: a number to call, to pay with.
  func loose(_ name: String, _ value: CapturedValue) -> String? {
    let digits: Int
    switch value {
    case .string(let text) where text.utf8.count <= 40: digits = text.utf8.filter(\.isDigit).count
    case .integer(let text): digits = text.utf8.count
    default: return nil
    }
    guard digits >= 6 else { return nil }
    let words = Set(Self.words(Array(name.utf8.prefix(128))[...]))
    if !words.isDisjoint(with: ["phone", "telephone", "mobile", "msisdn", "fax"]) {
      return "phone"
    }
    let isCard = words.contains("pan") || words.contains("card") && words.contains("number")
    return isCard && digits >= 12 ? "card" : nil
  }
}

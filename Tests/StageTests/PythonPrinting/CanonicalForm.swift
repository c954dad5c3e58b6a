import Failures

/// One text for each value, which `canonical.py` makes in the same way of what Python holds.
enum CanonicalForm {
  static func of(_ value: CapturedValue) -> String {
    switch value {
    case .null: "N"
    case .bool(let flag): flag ? "T" : "F"
    case .integer(let digits): "i" + digits
    case .float(let number): "f" + bits(number)
    case .string(let text): "s" + units(Array(text.utf16))
    case .illFormedString(let text): "s" + units(text)
    case .bytes(let bytes, let isMutable): (isMutable ? "B" : "b") + hexadecimal(bytes)
    case .list(let values): "[" + joined(values) + "]"
    case .tuple(let values): "(" + joined(values) + ")"
    case .set(let values, let isFrozen):
      (isFrozen ? "Z{" : "S{") + values.map(of).sorted(by: byUnits).joined(separator: ",") + "}"
    case .map(let entries):
      "m{" + entries.map { of($0.key) + ":" + of($0.value) }.joined(separator: ",") + "}"
    case .object(let object): self.object(object)
    case .date(let moment): self.moment(moment)
    case .decimal(let text): "D" + text
    case .uuid(let text): "U" + text
    case .path(let text): "P" + units(Array(text.utf16))
    default: "?\(value)"
    }
  }

  private static func byUnits(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  private static func joined(_ values: [CapturedValue]) -> String {
    values.map(of).joined(separator: ",")
  }

  private static func object(_ object: ObjectValue) -> String {
    var object = object
    // Python 3.12 changed the notation of an ordered map from pairs to a map.
    if object.type == "collections.OrderedDict" {
      if object.positional.isEmpty { object.positional = [.map([])] }
      if case .list(let pairs) = object.positional[0] {
        object.positional = [
          .map(
            pairs.compactMap { pair in
              guard case .tuple(let parts) = pair, parts.count == 2 else { return nil }
              return MapEntry(key: parts[0], value: parts[1])
            })
        ]
      }
    }
    return "o" + object.type + "(" + joined(object.positional) + ")"
  }

  private static func moment(_ moment: Moment) -> String {
    var fields = moment.fields
    switch moment.kind {
    case .dateTime: while fields.count < 7 { fields.append(0) }
    case .time: while fields.count < 4 { fields.append(0) }
    default: break
    }
    return "d\(moment.kind.rawValue)(" + fields.map(String.init).joined(separator: ",") + ")"
      + (moment.fold ? "1" : "0") + zone(moment.zone)
  }

  private static func zone(_ zone: Moment.Zone?) -> String {
    switch zone {
    case nil: "-"
    case .utc: "utc"
    case .named(let key): "key " + key
    case .offset(let seconds, let name): "offset \(seconds) " + (name ?? "-")
    }
  }

  private static func bits(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    let digits = String(number.bitPattern, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func units(_ units: [UInt16]) -> String {
    hexadecimal(units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

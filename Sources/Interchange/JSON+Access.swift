extension JSON {
  /// The value under a key; `nil` where there is none or this is no object.
  public subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The value at a position; `nil` outside the array.
  public subscript(position: Int) -> JSON? {
    guard case .array(let items) = self, items.indices.contains(position) else { return nil }
    return items[position]
  }

  /// The text of a string; unpaired surrogates become U+FFFD.
  public var text: String? {
    switch self {
    case .string(let text): text
    case .illFormedString(let units): String(decoding: units, as: UTF16.self)
    default: nil
    }
  }

  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// A number without fraction and exponent that fits the machine.
  public var integer: Int? {
    if case .number(let literal) = self { Int(literal) } else { nil }
  }

  /// The digits of a number without fraction and exponent, of any size.
  public var integerLiteral: String? {
    guard case .number(let literal) = self else { return nil }
    let digits =
      literal.utf8.first == UInt8(ascii: "-") ? literal.utf8.dropFirst() : literal.utf8[...]
    return digits.allSatisfy { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") } ? literal : nil
  }

  /// The nearest float of any number; beyond the largest ones it is infinite.
  public var double: Double? {
    guard case .number(let literal) = self else { return nil }
    switch literal {
    case "NaN": return .nan
    case "Infinity": return .infinity
    case "-Infinity": return -.infinity
    default: return Double(literal)
    }
  }

  public var items: [JSON]? {
    if case .array(let items) = self { items } else { nil }
  }

  public var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  public var isNull: Bool { self == .null }
}

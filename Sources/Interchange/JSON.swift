/// A JSON value, held without loss: numbers by their literal text, members in order.
public indirect enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The literal as it was written, of any size; `NaN`, `Infinity` and `-Infinity` included.
  case number(String)
  case string(String)
  /// A string with unpaired surrogates, as its UTF-16 units.
  case illFormedString([UInt16])
  case array([JSON])
  /// Keys are unique: where a text repeats one, the last value wins in the first one's place.
  case object([Member])

  /// One key of an object with its value.
  public struct Member: Hashable, Sendable {
    /// For a key with unpaired surrogates, each of them is U+FFFD here.
    public var key: String
    /// The UTF-16 units of a key that ``key`` cannot hold.
    public var illFormedKey: [UInt16]?
    public var value: JSON

    public init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }

    /// A key with unpaired surrogates.
    public init(illFormedKey: [UInt16], _ value: JSON) {
      key = String(decoding: illFormedKey, as: UTF16.self)
      self.illFormedKey = illFormedKey
      self.value = value
    }
  }
}

extension JSON {
  /// A number from a machine integer.
  public static func integer(_ value: Int) -> JSON { .number(String(value)) }

  /// A number from a float; not-a-number and the infinities keep their names.
  public static func double(_ value: Double) -> JSON {
    if value.isNaN { return .number("NaN") }
    if value.isInfinite { return .number(value < 0 ? "-Infinity" : "Infinity") }
    return .number(String(value))
  }

  /// A text, or `null` where there is none.
  public static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .double(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// Keys must be unique: the literal's order is kept, and nothing is dropped.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}

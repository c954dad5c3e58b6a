/// One value as production held it. Every loss is marked; nothing is guessed.
///
/// The graph is language-neutral: a reader for a language's notation builds it, a printer for a
/// language writes it back. ``isExact`` says whether what is printed equals what production held.
public indirect enum CapturedValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// Decimal digits with an optional sign: integers of any size.
  case integer(String)
  case float(Double)
  case string(String)
  /// A string with unpaired surrogates, as its UTF-16 units.
  case illFormedString([UInt16])
  case bytes([UInt8], mutable: Bool)
  case list([CapturedValue])
  case tuple([CapturedValue])
  case set([CapturedValue], frozen: Bool)
  /// Keys of any kind, in the order of insertion.
  case map([MapEntry])
  case object(ObjectValue)
  /// The value with this identity further up: what makes the graph cyclic.
  case reference(Int)
  case enumeration(type: String, member: String, raw: CapturedValue?)
  case date(Moment)
  case decimal(String)
  case uuid(String)
  case path(String)
  /// A function, type or module of the code, by its full name: `shop.cart.Cart`.
  case named(String)

  /// Cut by the sender; `certain` is false where the sender cuts in silence and only the count is suspicious.
  case truncated(known: CapturedValue, certain: Bool)
  case opaque(type: String?, description: String)
  case redacted(kind: String)
  case absent
  case unread
}

/// One key of a map with its value.
public struct MapEntry: Hashable, Sendable {
  public var key: CapturedValue
  public var value: CapturedValue

  public init(key: CapturedValue, value: CapturedValue) {
    self.key = key
    self.value = value
  }
}

/// An object: as a construction that makes it, `Point(x=1, y=2)`, or as the state that it was in.
public struct ObjectValue: Hashable, Sendable {
  public enum Form: Hashable, Sendable {
    /// The values are arguments.
    case construction
    /// The named values are the fields.
    case state
    /// The named values are the fields, and those are what its construction takes: a record.
    case record
  }

  /// The type's name as the sender spelled it, with or without its module.
  public var type: String
  public var positional: [CapturedValue]
  public var named: [NamedValue]
  public var identity: Int?
  public var form: Form
  /// What an object of a type that inherits from a built-in one holds besides its fields.
  public var content: CapturedValue?

  public init(
    type: String, positional: [CapturedValue] = [], named: [NamedValue] = [], identity: Int? = nil,
    form: Form = .construction, content: CapturedValue? = nil
  ) {
    self.type = type
    self.positional = positional
    self.named = named
    self.identity = identity
    self.form = form
    self.content = content
  }
}

/// A value under a name: a frame's variable, an argument, a field.
public struct NamedValue: Hashable, Sendable {
  public var name: String
  public var value: CapturedValue

  public init(_ name: String, _ value: CapturedValue) {
    self.name = name
    self.value = value
  }
}

/// A point or a span of time, by its fields, without arithmetic.
public struct Moment: Hashable, Sendable {
  public enum Kind: String, Sendable { case date, time, dateTime, duration, zone }
  public enum Zone: Hashable, Sendable {
    case utc
    /// Seconds east of Greenwich.
    case offset(seconds: Int, name: String?)
    case named(String)
  }

  public var kind: Kind
  /// Year…microsecond for dates and times; days, seconds, microseconds for durations.
  public var fields: [Int]
  public var zone: Zone?
  public var fold: Bool

  public init(kind: Kind, fields: [Int], zone: Zone? = nil, fold: Bool = false) {
    self.kind = kind
    self.fields = fields
    self.zone = zone
    self.fold = fold
  }
}

extension CapturedValue {
  /// The values directly inside this one.
  public var children: [CapturedValue] {
    switch self {
    case .list(let values), .tuple(let values), .set(let values, _): values
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .object(let object):
      object.positional + object.named.map(\.value) + (object.content.map { [$0] } ?? [])
    case .enumeration(_, _, let raw): raw.map { [$0] } ?? []
    case .truncated(let known, _): [known]
    default: []
    }
  }

  /// Whether this value, without what is inside it, is one of the ways of not knowing.
  public var isLoss: Bool {
    switch self {
    case .truncated, .opaque, .redacted, .absent, .unread: true
    default: false
    }
  }

  /// Whether the whole graph is known.
  public var isExact: Bool { !isLoss && children.allSatisfy(\.isExact) }

  /// The first loss inside, with the path of keys and positions that leads to it.
  public func firstLoss(path: String) -> (path: String, loss: CapturedValue)? {
    if case .truncated(let known, _) = self {
      return known.firstLoss(path: path) ?? (path, self)
    }
    if isLoss { return (path, self) }
    for (place, child) in placedChildren {
      if let found = child.firstLoss(path: path + place) { return found }
    }
    return nil
  }

  private var placedChildren: [(String, CapturedValue)] {
    switch self {
    case .list(let values), .tuple(let values), .set(let values, _):
      values.enumerated().map { ("[\($0.offset)]", $0.element) }
    case .map(let entries):
      entries.enumerated().map { offset, entry in
        if case .string(let key) = entry.key { return (".\(key)", entry.value) }
        return ("[key \(offset)]", entry.value)
      }
    case .object(let object):
      object.positional.enumerated().map { ("(\($0.offset))", $0.element) }
        + object.named.map { (".\($0.name)", $0.value) }
    default: []
    }
  }
}

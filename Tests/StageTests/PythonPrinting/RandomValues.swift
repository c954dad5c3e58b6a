import Failures

/// Values of every kind that has a literal, with strings and numbers chosen to break a careless printer.
struct RandomValues {
  var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func value(depth: Int = 3) -> CapturedValue {
    let choice = generator.below(depth > 0 ? 22 : 13)
    switch choice {
    case 0: return .null
    case 1: return .bool(generator.below(2) == 0)
    case 2, 3: return .integer(integer())
    case 4: return .float(float())
    case 5, 6: return .string(string())
    case 7: return illFormed()
    case 8: return .bytes(bytes(), mutable: generator.below(3) == 0)
    case 9: return .date(moment())
    case 10: return .decimal(["1.50", "-0", "1E+5", "NaN", "Infinity", "0.1"][generator.below(6)])
    case 11: return .uuid("0f3a9d52-58d1-4a7e-9c46-\(100_000_000_000 + generator.below(1_000_000))")
    case 12: return .path(["/var/x", "a b", "it's/\"q\"", "ü.txt"][generator.below(4)])
    case 13, 14: return .list(values(depth))
    case 15, 16: return .tuple(values(depth))
    case 17: return .set(keys(), frozen: generator.below(2) == 0)
    case 18, 19, 20:
      return .map(keys().map { MapEntry(key: $0, value: value(depth: depth - 1)) })
    default: return object(depth)
    }
  }

  private mutating func object(_ depth: Int) -> CapturedValue {
    switch generator.below(5) {
    case 0:
      return .object(ObjectValue(type: "complex", positional: [.float(float()), .float(1.5)]))
    case 1:
      let ends = [CapturedValue.integer("\(generator.below(9))"), .integer("100"), .integer("3")]
      return .object(ObjectValue(type: "range", positional: ends))
    case 2:
      return .object(
        ObjectValue(type: "collections.deque", positional: [.list(values(depth))]))
    case 3:
      let map = CapturedValue.map(keys().map { MapEntry(key: $0, value: value(depth: 0)) })
      return .object(ObjectValue(type: "collections.OrderedDict", positional: [map]))
    default:
      return .object(ObjectValue(type: "ValueError", positional: values(depth)))
    }
  }

  private mutating func values(_ depth: Int) -> [CapturedValue] {
    (0..<generator.below(4)).map { _ in value(depth: depth - 1) }
  }

  /// Values that are hashable, and no two equal ones.
  private mutating func keys() -> [CapturedValue] {
    var seen: Set<String> = []
    var keys: [CapturedValue] = []
    for _ in 0..<generator.below(4) {
      let key: CapturedValue =
        switch generator.below(4) {
        case 0: .integer("\(generator.below(2000) - 1000)")
        case 1: .bytes(bytes(), mutable: false)
        case 2: .tuple([.string(string()), .null])
        default: .string(string())
        }
      if seen.insert(CanonicalForm.of(key)).inserted { keys.append(key) }
    }
    return keys
  }

  mutating func integer() -> String {
    let digits = [1, 2, 9, 10, 19, 20, 40, 400]
    let count = generator.below(400) == 0 ? 5000 : digits[generator.below(digits.count)]
    let sign = generator.below(3) == 0 ? "-" : ""
    return sign + "\(1 + generator.below(9))"
      + String((1..<count).map { _ in Character("\(generator.below(10))") })
  }

  mutating func float() -> Double {
    let special: [Double] = [
      .nan, .infinity, -.infinity, -0.0, 0, .leastNonzeroMagnitude, 1e308, 1e16, 0.1, -1.5,
      .leastNormalMagnitude,
    ]
    if generator.below(2) == 0 { return special[generator.below(special.count)] }
    let value = Double(bitPattern: generator.next())
    return value.isNaN ? 1 : value
  }

  mutating func string() -> String {
    let parts = [
      "a", "word", "'", "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{7F}", "\u{85}", "\u{A0}",
      "\u{2028}", "\u{2029}", "\u{202E}", "\u{2066}", "\u{200B}", "\u{FEFF}", "\"\"\"", "'''", "${",
      "{x}", "%s", "\\N{DASH}", "\\u0041", "é", "e\u{301}", "\u{301}", "日本", "😀", "\u{E000}",
      "\u{10FFFF}", "\u{FFFF}", "#", "\u{1B}[31m", "\u{C}", "\u{3164}", "ﬁ",
    ]
    return (0..<generator.below(6)).map { _ in parts[generator.below(parts.count)] }.joined()
  }

  private mutating func illFormed() -> CapturedValue {
    let parts: [UInt16] = [0xD800, 0xDC00, 0xDBFF, 0x61, 0x22, 0x5C, 0xFFFF, 0xA, 0x2028]
    var units = (0..<generator.below(5)).map { _ in parts[generator.below(parts.count)] }
    units.append(0xD83D)
    return .illFormedString(units)
  }

  mutating func bytes() -> [UInt8] {
    (0..<generator.below(8)).map { _ in
      generator.below(3) == 0
        ? [0x22, 0x27, 0x5C, 0x0A][generator.below(4)] : UInt8(generator.below(256))
    }
  }

  private mutating func moment() -> Moment {
    let date = [1 + generator.below(9999), 1 + generator.below(12), 1 + generator.below(28)]
    let hour = [generator.below(24), generator.below(60), generator.below(60)]
    let time = hour + [generator.below(2) == 0 ? 0 : generator.below(1_000_000)]
    let zones: [Moment.Zone?] = [
      nil, .utc, .offset(seconds: -34_200, name: nil), .offset(seconds: 3600, name: "it's"),
      .named("Europe/Berlin"),
    ]
    let zone = zones[generator.below(zones.count)]
    let fold = generator.below(5) == 0
    switch generator.below(5) {
    case 0: return Moment(kind: .date, fields: date)
    case 1: return Moment(kind: .time, fields: time, zone: zone, fold: fold)
    case 2:
      let fields = [generator.below(99) - 50, generator.below(86_400), generator.below(1_000_000)]
      return Moment(kind: .duration, fields: fields)
    case 3: return Moment(kind: .zone, fields: [], zone: zone ?? .utc)
    default: return Moment(kind: .dateTime, fields: date + time, zone: zone, fold: fold)
    }
  }
}

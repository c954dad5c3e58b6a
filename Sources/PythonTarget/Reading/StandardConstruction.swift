import Failures

/// The constructions of Python's own value types, as the values that they make.
public enum StandardConstruction {
  /// Python's names of the types that snapshots have words for.
  public static let snapshotTypes = [
    "range": "range", "fraction": "fractions.Fraction", "complex": "complex",
    "deque": "collections.deque", "ordered-map": "collections.OrderedDict",
    "default-map": "collections.defaultdict", "counter": "collections.Counter",
    "text-file": "io.StringIO", "byte-file": "io.BytesIO",
  ]

  /// `nil` where the type is another one, or its arguments are not those of its notation.
  static func value(of object: ObjectValue) -> CapturedValue? {
    switch object.type {
    case "datetime.datetime": moment(.dateTime, object, 3...7)
    case "datetime.date": moment(.date, object, 3...3)
    case "datetime.time": moment(.time, object, 2...4)
    case "datetime.timedelta": duration(object)
    case "datetime.timezone": zone(object)
    case "zoneinfo.ZoneInfo":
      named(object, "key").map { .date(Moment(kind: .zone, fields: [], zone: .named($0))) }
    case "Decimal", "decimal.Decimal": text(object).map(CapturedValue.decimal)
    case "UUID", "uuid.UUID": text(object).map(CapturedValue.uuid)
    case "PosixPath", "PurePosixPath", "WindowsPath", "PureWindowsPath", "Path":
      text(object).map(CapturedValue.path)
    case "set", "frozenset": set(object)
    case "bytearray": bytes(object)
    case "Counter", "OrderedDict", "deque", "defaultdict": qualified(object, "collections")
    case "Fraction": qualified(object, "fractions")
    default: nil
    }
  }

  private static func qualified(_ object: ObjectValue, _ module: String) -> CapturedValue {
    var object = object
    object.type = module + "." + object.type
    return .object(object)
  }

  private static func text(_ object: ObjectValue) -> String? {
    guard object.named.isEmpty, object.positional.count == 1,
      case .string(let text) = object.positional[0]
    else { return nil }
    return text
  }

  private static func named(_ object: ObjectValue, _ name: String) -> String? {
    guard object.positional.isEmpty, object.named.count == 1, object.named[0].name == name,
      case .string(let text) = object.named[0].value
    else { return nil }
    return text
  }

  private static func set(_ object: ObjectValue) -> CapturedValue? {
    let isFrozen = object.type == "frozenset"
    guard object.named.isEmpty, object.positional.count <= 1 else { return nil }
    switch object.positional.first {
    case nil: return .set([], frozen: isFrozen)
    case .set(let values, _): return .set(values, frozen: isFrozen)
    default: return nil
    }
  }

  private static func bytes(_ object: ObjectValue) -> CapturedValue? {
    guard object.named.isEmpty, object.positional.count == 1,
      case .bytes(let bytes, _) = object.positional[0]
    else { return nil }
    return .bytes(bytes, mutable: true)
  }

  // MARK: Time

  private static func integer(_ value: CapturedValue) -> Int? {
    if case .integer(let text) = value { Int(text) } else { nil }
  }

  private static func moment(
    _ kind: Moment.Kind, _ object: ObjectValue, _ count: ClosedRange<Int>
  ) -> CapturedValue? {
    let fields = object.positional.compactMap(integer)
    guard fields.count == object.positional.count, count.contains(fields.count) else { return nil }
    var moment = Moment(kind: kind, fields: fields)
    for argument in object.named {
      switch (argument.name, argument.value) {
      case ("fold", .integer("1")): moment.fold = true
      case ("tzinfo", .date(let zone)) where zone.kind == .zone: moment.zone = zone.zone
      default: return nil
      }
    }
    return .date(moment)
  }

  private static func duration(_ object: ObjectValue) -> CapturedValue? {
    var fields = [0, 0, 0]
    if object.positional.count == 1, object.named.isEmpty {
      guard integer(object.positional[0]) == 0 else { return nil }
    } else if !object.positional.isEmpty {
      return nil
    }
    for argument in object.named {
      let place = ["days", "seconds", "microseconds"].firstIndex(of: argument.name)
      guard let place, let number = integer(argument.value) else { return nil }
      fields[place] = number
    }
    return .date(Moment(kind: .duration, fields: fields))
  }

  private static func zone(_ object: ObjectValue) -> CapturedValue? {
    guard object.named.isEmpty, (1...2).contains(object.positional.count),
      case .date(let span) = object.positional[0], span.kind == .duration, span.fields.count == 3,
      span.fields[2] == 0, abs(span.fields[0]) <= 1
    else { return nil }
    var name: String?
    if object.positional.count == 2 {
      guard case .string(let text) = object.positional[1] else { return nil }
      name = text
    }
    let seconds = span.fields[0] * 86_400 + span.fields[1]
    return .date(Moment(kind: .zone, fields: [], zone: .offset(seconds: seconds, name: name)))
  }
}

import Failures
import OpenTelemetry

/// OTLP's values as captured ones, with their types, until so much of them is there that the rest is left out; every loss is
/// marked.
struct AttributeCapture {
  /// Bytes of texts, and as many for each value as it takes at least.
  private var room = 64 << 10
  private static let leastSize = 16

  mutating func value(_ value: Opentelemetry_Proto_Common_V1_AnyValue) -> CapturedValue {
    guard room > 0 else { return .unread }
    room -= Self.leastSize
    switch value.value {
    case .stringValue(let text): return string(text)
    case .boolValue(let truth): return .bool(truth)
    case .intValue(let number): return .integer(String(number))
    case .doubleValue(let number): return .float(number)
    case .bytesValue(let bytes):
      let known = CapturedValue.bytes(Array(bytes.prefix(max(0, room))), mutable: false)
      return taking(bytes.count, of: known)
    case .arrayValue(let list): return items(list.values)
    case .kvlistValue(let map): return entries(map.values)
    // A value that is not set is OTLP's null.
    case .stringValueStrindex, nil: return .null
    }
  }

  private mutating func string(_ text: String) -> CapturedValue {
    if text.utf8.count <= room { return taking(text.utf8.count, of: .string(text)) }
    let known = String(decoding: text.utf8.prefix(max(0, room)), as: UTF8.self)
    return taking(text.utf8.count, of: .string(known))
  }

  private mutating func items(
    _ values: [Opentelemetry_Proto_Common_V1_AnyValue]
  ) -> CapturedValue {
    var items: [CapturedValue] = []
    for item in values where room > 0 { items.append(value(item)) }
    let list = CapturedValue.list(items)
    return items.count < values.count ? .truncated(known: list, certain: true) : list
  }

  private mutating func entries(
    _ values: [Opentelemetry_Proto_Common_V1_KeyValue]
  ) -> CapturedValue {
    var entries: [MapEntry] = []
    for entry in values where room > entry.key.utf8.count {
      room -= entry.key.utf8.count
      entries.append(MapEntry(key: .string(entry.key), value: value(entry.value)))
    }
    let map = CapturedValue.map(entries)
    return entries.count < values.count ? .truncated(known: map, certain: true) : map
  }

  /// Whether it is whole is known from its size.
  private mutating func taking(_ size: Int, of known: CapturedValue) -> CapturedValue {
    defer { room -= size }
    return size <= room ? known : .truncated(known: known, certain: true)
  }
}

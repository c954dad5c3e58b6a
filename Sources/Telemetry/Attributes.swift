import Failures
import Foundation
import OpenTelemetry

/// The attributes of a resource, a span or a record; of several with one name the last counts.
struct Attributes {
  private let pairs: [Opentelemetry_Proto_Common_V1_KeyValue]

  /// What is read into a member of its own, or tells of the sender.
  private static let known = ["exception.", "http.", "url.", "code.", "telemetry."]

  init(_ pairs: [Opentelemetry_Proto_Common_V1_KeyValue]) { self.pairs = pairs }

  /// A text that is not empty.
  func text(_ names: String...) -> String? {
    names.lazy.compactMap { name -> String? in
      guard case .stringValue(let text)? = value(name)?.value, !text.isEmpty else { return nil }
      return text
    }.first
  }

  func bool(_ name: String) -> Bool? {
    switch value(name)?.value {
    case .boolValue(let truth): truth
    // Some senders write all of a span event's attributes as texts.
    case .stringValue(let text) where ["true", "false"].contains(text.lowercased()):
      text.lowercased() == "true"
    default: nil
    }
  }

  func texts(_ name: String) -> [String] {
    (value(name)?.arrayValue.values ?? []).compactMap {
      if case .stringValue(let text)? = $0.value { text } else { nil }
    }
  }

  /// Names that begin with a prefix, without it, with their values.
  func beginning(with prefix: String) -> [(name: String, value: CapturedValue)] {
    pairs.filter { $0.key.hasPrefix(prefix) }.map {
      (String($0.key.dropFirst(prefix.count)), Self.captured($0.value))
    }
  }

  /// All that is in no other member of the event.
  var facts: [NamedValue] {
    pairs.filter { pair in !Self.known.contains(where: pair.key.hasPrefix) }
      .map { NamedValue($0.key, Self.captured($0.value)) }
  }

  private func value(_ name: String) -> Opentelemetry_Proto_Common_V1_AnyValue? {
    pairs.last { $0.key == name }?.value
  }

  /// OTLP's values keep their types; a value that is not set is its null.
  private static func captured(_ value: Opentelemetry_Proto_Common_V1_AnyValue) -> CapturedValue {
    switch value.value {
    case .stringValue(let text): .string(text)
    case .boolValue(let truth): .bool(truth)
    case .intValue(let number): .integer(String(number))
    case .doubleValue(let number): .float(number)
    case .bytesValue(let bytes): .bytes(Array(bytes), mutable: false)
    case .arrayValue(let list): .list(list.values.map(captured))
    case .kvlistValue(let map):
      .map(map.values.map { MapEntry(key: .string($0.key), value: captured($0.value)) })
    case .stringValueStrindex, nil: .null
    }
  }
}

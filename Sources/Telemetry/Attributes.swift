import Failures
import Foundation
import OpenTelemetry

/// The attributes of a resource, a span or a record; of several with one name the last counts.
///
/// Those of a resource and of a span go into every event of it, so that what they may weigh is bounded.
struct Attributes {
  /// Senders keep 128 by default.
  private static let limit = 512
  /// Bytes of a text that names something: a release, an address.
  private static let longestName = 8192

  private let pairs: ArraySlice<Opentelemetry_Proto_Common_V1_KeyValue>

  /// What is read into a member of its own, or tells of the sender.
  private static let known = ["exception.", "http.", "url.", "code.", "telemetry."]

  init(_ pairs: [Opentelemetry_Proto_Common_V1_KeyValue]) { self.pairs = pairs.prefix(Self.limit) }

  /// A text that is not empty.
  func text(_ names: String...) -> String? {
    names.lazy.compactMap { name -> String? in
      guard case .stringValue(let text)? = value(name)?.value, !text.isEmpty else { return nil }
      return text
    }.first
  }

  /// A text that names something; one that is too long to do so names nothing.
  func name(_ names: String...) -> String? {
    names.lazy.compactMap { text($0) }.first.flatMap {
      $0.utf8.count <= Self.longestName ? $0 : nil
    }
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

  /// None where they are too long together.
  func names(_ name: String) -> [String] {
    let texts = (value(name)?.arrayValue.values ?? []).compactMap { value -> String? in
      if case .stringValue(let text)? = value.value { text } else { nil }
    }
    return texts.reduce(0) { $0 + $1.utf8.count } <= Self.longestName ? texts : []
  }

  /// Names that begin with a prefix, without it, with their values.
  func beginning(with prefix: String) -> [NamedValue] {
    captured(pairs.filter { $0.key.hasPrefix(prefix) }).map {
      NamedValue(String($0.name.dropFirst(prefix.count)), $0.value)
    }
  }

  /// All that is in no other member of the event.
  func facts(without names: Set<String> = []) -> [NamedValue] {
    captured(
      pairs.filter { pair in
        !names.contains(pair.key) && !Self.known.contains(where: pair.key.hasPrefix)
      })
  }

  private func captured(_ pairs: [Opentelemetry_Proto_Common_V1_KeyValue]) -> [NamedValue] {
    var capture = AttributeCapture()
    return pairs.filter { $0.key.utf8.count <= Self.longestName }.map {
      NamedValue($0.key, capture.value($0.value))
    }
  }

  private func value(_ name: String) -> Opentelemetry_Proto_Common_V1_AnyValue? {
    pairs.last { $0.key == name }?.value
  }
}

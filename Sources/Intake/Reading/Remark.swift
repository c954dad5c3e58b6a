import Failures
import Interchange

/// What the `_meta` of one value says of it.
struct Remark {
  /// How long the value was before it was cut: items, or characters of a string.
  var originalLength: Int?
  var isCut = false
  /// The value was removed or replaced as a whole, for this kind of reason.
  var redaction: String?
  /// Parts of a string were replaced, the rest stands.
  var isPartlyReplaced = false
  /// The value was too deep for its sender, which wrote its notation as a string.
  var isFlattened = false

  /// Reads the annotation that stands under the empty key: `{"len": 15, "rem": [[rule, type, from, to]]}`.
  init?(_ meta: JSON?) {
    guard let annotation = meta?[""], annotation.members != nil else { return nil }
    originalLength = annotation["len"]?.integer
    for mark in annotation["rem"]?.items ?? [] {
      guard let rule = mark[0]?.text else { continue }
      note(rule: rule, type: mark[1]?.text ?? "x", hasRange: mark[2]?.integer != nil)
    }
  }

  private mutating func note(rule: String, type: String, hasRange: Bool) {
    if type == "a" { return }
    if rule == "!limit" {
      if hasRange || type != "x" { isCut = true } else { isFlattened = true }
    } else if hasRange {
      isPartlyReplaced = true
    } else {
      redaction = Self.kind(of: rule)
    }
  }

  /// `@password:filter` → `password`; rules of the client itself carry no kind.
  private static func kind(of rule: String) -> String {
    guard rule.hasPrefix("@") else { return "filtered" }
    let name = rule.dropFirst().prefix { $0 != ":" && $0.isASCII && ($0.isLetter || $0 == "_") }
    return name.isEmpty ? "filtered" : String(name)
  }
}

import Failures

/// Reads the notation that Python's `repr` gives a value, without evaluating anything.
///
/// Literals and the constructors of the standard library's value types are read exactly; any other call notation
/// becomes an object; what is not understood stays in its place as a marked loss.
public struct NotationReader: Sendable {
  /// Values nested more deeply than this are kept as they stand.
  public static let deepest = 200
  /// How much of a text that is not understood is kept.
  public static let longestDescription = 200

  public init() {}

  /// One leaf as sentry-sdk sends it.
  public func read(_ text: String) -> CapturedValue {
    switch text {
    case "[Filtered]": return .redacted(kind: "filtered")
    case "<cyclic>": return .opaque(type: "cycle", description: text)
    default: break
    }
    if text.hasPrefix("<") { return AngleNotation.read(text, depth: 0) }
    var parser = NotationParser(text)
    if let value = parser.value(), parser.isAtEnd { return value }
    return .opaque(type: nil, description: AngleNotation.description(of: text))
  }
}

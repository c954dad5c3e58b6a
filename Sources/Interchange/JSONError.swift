/// Why bytes are not JSON, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Problem: Hashable, Sendable {
    case unexpectedEnd
    case unexpectedByte(UInt8, expected: String)
    case malformedNumber
    case malformedEscape
    /// A byte below 32 stands in a string without being escaped.
    case controlCharacter(UInt8)
    case invalidUTF8
    case tooDeep(limit: Int)
    case trailingContent
  }

  public var problem: Problem
  /// In bytes from the start of the input.
  public var offset: Int

  public init(_ problem: Problem, offset: Int) {
    self.problem = problem
    self.offset = offset
  }

  public var description: String {
    let what =
      switch problem {
      case .unexpectedEnd: "the text ends in the middle of a value"
      case .unexpectedByte(let byte, let expected):
        "found \(Self.name(byte)) where \(expected) was expected"
      case .malformedNumber: "a number is malformed"
      case .malformedEscape: "an escape in a string is malformed"
      case .controlCharacter(let byte): "a string holds the unescaped control character \(byte)"
      case .invalidUTF8: "a string is not valid UTF-8"
      case .tooDeep(let limit): "values are nested deeper than \(limit) levels"
      case .trailingContent: "there is more after the value"
      }
    return "\(what), at byte \(offset)"
  }

  private static func name(_ byte: UInt8) -> String {
    (33...126).contains(byte) ? "`\(Character(Unicode.Scalar(byte)))`" : "byte \(byte)"
  }
}

/// The identity of a failure: what must be equal for two events to have the same cause.
public struct FailureSignature: Hashable, Sendable, CustomStringConvertible {
  /// Grows whenever the meaning of a field changes, so that history is never lost.
  public static let currentScheme = 1

  public var scheme: Int
  public var exception: String
  /// The message without its values, see ``shape(of:)``.
  public var messageShape: String
  /// `path:function` of the innermost frame of the repository, if the stack holds one.
  public var innermost: String?

  public init(exception: String, message: String, innermost: String?) {
    scheme = Self.currentScheme
    self.exception = exception
    messageShape = Self.shape(of: message)
    self.innermost = innermost
  }

  public var description: String {
    "v\(scheme) \(exception) at \(innermost ?? "no frame of the repository"): \(messageShape)"
  }

  /// A message with quoted parts, numbers and addresses replaced by `#`; its first line, at most 80 characters.
  public static func shape(of message: String) -> String {
    var shape = ""
    var rest = Array(message.unicodeScalars.prefix(600))[...]
    var previous: Unicode.Scalar = " "
    while let scalar = rest.first, scalar != "\n" {
      if scalar == "'" || scalar == "\"", let end = rest.dropFirst().firstIndex(of: scalar) {
        shape += "#"
        rest = rest[(end + 1)...]
        previous = scalar
      } else if scalar.isDigit, !previous.isWordPart {
        shape += "#"
        rest = rest.drop { $0.isWordPart || $0 == "." }
        previous = "0"
      } else {
        shape.unicodeScalars.append(scalar)
        rest = rest.dropFirst()
        previous = scalar
      }
    }
    return String(shape.prefix(80)).trimmed
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
  fileprivate var isWordPart: Bool {
    isDigit || self == "_" || ("a"..."z").contains(self) || ("A"..."Z").contains(self)
  }
}

extension String {
  fileprivate var trimmed: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}

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

  /// A message with quoted parts, addresses and numbers replaced by `#`; its first line, at most 80 code points.
  ///
  /// Equal to replacing `"[^"]*"|'[^']*'|\b0x[0-9a-f]+\b|-?\d+(\.\d+)?` and then cutting.
  public static func shape(of message: String) -> String {
    let scalars = Array(message.unicodeScalars)
    var shape = String.UnicodeScalarView()
    var unclosed: Set<Unicode.Scalar> = []
    var position = 0
    while position < scalars.count, shape.count < 80 {
      if let end = end(ofValueAt: position, in: scalars, &unclosed) {
        shape.append("#")
        position = end
      } else if scalars[position] == "\n" {
        break
      } else {
        shape.append(scalars[position])
        position += 1
      }
    }
    return String(shape)
  }

  /// Where a quoted part, an address or a number that begins here ends; `unclosed` holds quotes known to have no other end.
  private static func end(
    ofValueAt start: Int, in scalars: [Unicode.Scalar], _ unclosed: inout Set<Unicode.Scalar>
  ) -> Int? {
    let first = scalars[start]
    if first == "\"" || first == "'" {
      guard !unclosed.contains(first) else { return nil }
      if let end = scalars[(start + 1)...].firstIndex(of: first) { return end + 1 }
      unclosed.insert(first)
      return nil
    }
    return endOfAddress(at: start, in: scalars) ?? endOfNumber(at: start, in: scalars)
  }

  private static func endOfAddress(at start: Int, in scalars: [Unicode.Scalar]) -> Int? {
    guard scalars[start] == "0", start + 2 < scalars.count, scalars[start + 1] == "x",
      start == 0 || !scalars[start - 1].isWordPart
    else { return nil }
    let end = scalars[(start + 2)...].firstIndex { !$0.isHexadecimal } ?? scalars.count
    return end > start + 2 && (end == scalars.count || !scalars[end].isWordPart) ? end : nil
  }

  private static func endOfNumber(at start: Int, in scalars: [Unicode.Scalar]) -> Int? {
    func digits(from position: Int) -> Int? {
      guard position < scalars.count, scalars[position].isDigit else { return nil }
      return scalars[position...].firstIndex { !$0.isDigit } ?? scalars.count
    }
    guard let whole = digits(from: scalars[start] == "-" ? start + 1 : start) else { return nil }
    guard whole < scalars.count, scalars[whole] == "." else { return whole }
    return digits(from: whole + 1) ?? whole
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { properties.generalCategory == .decimalNumber }
  fileprivate var isHexadecimal: Bool {
    ("0"..."9").contains(self) || ("a"..."f").contains(self)
  }
  fileprivate var isWordPart: Bool {
    switch properties.generalCategory {
    case .decimalNumber, .connectorPunctuation, .nonspacingMark, .spacingMark, .enclosingMark: true
    default: properties.isAlphabetic
    }
  }
}

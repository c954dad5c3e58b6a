import Failures

extension NotationParser {
  /// An integer, a float or an imaginary number.
  mutating func number() -> CapturedValue? {
    let start = position
    guard let (text, isFloat) = numeral(), !isAtCut else { return nil }
    if take("j" as Unicode.Scalar) {
      return Double(text).map { Self.complex(0, $0) }
    }
    if let scalar = next, isWordPart(scalar) { return nil }
    if isFloat { return Double(text).map(CapturedValue.float) }
    let digits = text.utf8.drop { $0 == 0x2D }
    guard digits.count == 1 || digits.first != 0x30 else { return nil }
    return position > start ? .integer(text) : nil
  }

  /// The text of a number, and whether it is one of a float.
  private mutating func numeral() -> (text: String, isFloat: Bool)? {
    let start = position
    _ = take("-" as Unicode.Scalar)
    if take("inf") || take("nan") { return (text(start..<position), true) }
    guard takeDigits() else { return nil }
    var isFloat = false
    if next == ".", let digit = peek(1), ("0"..."9").contains(digit) {
      position += 1
      _ = takeDigits()
      isFloat = true
    }
    if next == "e" || next == "E" {
      position += 1
      if next == "+" || next == "-" { position += 1 }
      guard takeDigits() else { return nil }
      isFloat = true
    }
    return (text(start..<position), isFloat)
  }

  private mutating func takeDigits() -> Bool {
    let start = position
    while let digit = next, ("0"..."9").contains(digit) { position += 1 }
    return position > start
  }

  /// `(1+2j)`; goes back where the parentheses hold something else.
  mutating func complex() -> CapturedValue? {
    let start = position
    if take("(" as Unicode.Scalar), let (real, _) = numeral(), next == "+" || next == "-" {
      _ = take("+" as Unicode.Scalar)
      if let (imaginary, _) = numeral(), take("j)"),
        let real = Double(real), let imaginary = Double(imaginary)
      {
        return Self.complex(real, imaginary)
      }
    }
    position = start
    return nil
  }

  private static func complex(_ real: Double, _ imaginary: Double) -> CapturedValue {
    .object(ObjectValue(type: "complex", positional: [.float(real), .float(imaginary)]))
  }

  func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
  }
}

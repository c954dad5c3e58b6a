/// Python's notation for numbers.
enum NumberNotation {
  /// Python refuses to read a decimal literal of more digits (`sys.get_int_max_str_digits`), but not a hexadecimal one.
  static let longestDecimal = 4300

  /// The literal of an integer without its sign, and whether it is negative; `nil` where the text is no integer.
  static func integer(_ text: String) -> (digits: String, isNegative: Bool)? {
    var digits = text.utf8[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    digits = digits.drop { $0 == 0x30 }
    if digits.isEmpty { return ("0", false) }
    if digits.count <= longestDecimal {
      return (String(decoding: digits, as: UTF8.self), isNegative)
    }
    return ("0x" + hexadecimal(Array(digits)), isNegative)
  }

  static func float(_ value: Double) -> String {
    if value.isNaN { return "float(\"nan\")" }
    if value.isInfinite { return value < 0 ? "float(\"-inf\")" : "float(\"inf\")" }
    return value.description.replacing("e+", with: "e")
  }

  /// Decimal digits in base sixteen, by repeated multiplication in limbs of 32 bits.
  private static func hexadecimal(_ digits: [UInt8]) -> String {
    var limbs: [UInt32] = []
    for start in stride(from: 0, to: digits.count, by: 9) {
      let chunk = digits[start..<min(start + 9, digits.count)]
      var carry = chunk.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - 0x30) }
      let factor = chunk.reduce(UInt64(1)) { power, _ in power * 10 }
      for index in limbs.indices {
        let product = UInt64(limbs[index]) * factor + carry
        limbs[index] = UInt32(truncatingIfNeeded: product)
        carry = product >> 32
      }
      if carry > 0 { limbs.append(UInt32(carry)) }
    }
    let text = limbs.reversed().map { TextNotation.hexadecimal($0, width: 8) }.joined()
    return String(text.drop { $0 == "0" }).uppercased()
  }
}

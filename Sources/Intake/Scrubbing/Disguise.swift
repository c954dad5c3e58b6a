/// What stands for a secret: the same length, and at each position the same class of character and the same width in UTF-8.
///
/// Law: equal in, equal out, whatever the case of its letters and whatever stands between them; no letter or digit is its own
/// replacement, but for zeros that lead a number. Everything that is neither stays: it is what failures depend on.
struct Disguise {
  /// What has to hold between the characters of some secrets.
  enum Form: Hashable, Sendable { case plain, hexadecimal, card, iban, ipv4 }

  /// How far a replacement may go to meet a failure that depends on more than classes.
  enum Manner: Int, CaseIterable, Sendable {
    case strict
    /// Equal characters stay equal, and the order of the letters is kept.
    case ordered
    /// Digits stay what they are.
    case digitsKept
    /// Letters stay what they are.
    case lettersKept
  }

  let key: ScrubKey

  func covered(_ bytes: [UInt8], form: Form = .plain, manner: Manner = .strict) -> [UInt8] {
    switch form {
    case .card: covered(card: bytes)
    case .iban: covered(iban: bytes)
    case .ipv4: covered(ipv4: bytes)
    case .plain: substituted(bytes, hexadecimal: isHexadecimal(bytes), manner: manner)
    case .hexadecimal: substituted(bytes, hexadecimal: true, manner: manner)
    }
  }

  // MARK: one character after the other

  /// `round` tells apart several replacements of one secret, of which the first that has a property is taken.
  func substituted(
    _ bytes: [UInt8], hexadecimal: Bool = false, manner: Manner = .strict, round: Int = 0
  ) -> [UInt8] {
    let marks = Marks(bytes)
    guard manner == .strict else { return gently(bytes, marks, manner) }
    let draws = key.draws(marks.places.count, for: marks.folded, round: round)
    var result = bytes
    for (place, draw) in zip(marks.places, draws) where !place.isFixed {
      Self.write(
        Self.other(than: place.scalar, draw, hexadecimal: hexadecimal, leads: place.leadsNumber),
        over: place, in: &result)
    }
    return result
  }

  static func write(_ scalar: Unicode.Scalar, over place: Marks.Place, in bytes: inout [UInt8]) {
    bytes.replaceSubrange(place.range, with: Array(String(scalar).utf8))
  }

  static func other(
    than scalar: Unicode.Scalar, _ draw: UInt16, hexadecimal: Bool, leads: Bool
  ) -> Unicode.Scalar {
    let value = scalar.value
    func turned(_ first: UInt32, _ count: UInt32) -> Unicode.Scalar {
      let step = 1 + UInt32(draw) % (count - 1)
      return Unicode.Scalar(UInt8(first + (value - first + step) % count))
    }
    switch value {
    case 48...57: return leads && value > 48 ? turned(49, 9) : turned(48, 10)
    case 65...70 where hexadecimal: return turned(65, 6)
    case 97...102 where hexadecimal: return turned(97, 6)
    case 65...90: return turned(65, 26)
    case 97...122: return turned(97, 26)
    default: return LetterKinship.relative(of: scalar, draw: draw)
    }
  }

  /// Digits and the first six letters alone: then letters beyond these would be another notation.
  private func isHexadecimal(_ bytes: [UInt8]) -> Bool {
    let signs = bytes.filter(\.isAlphanumeric)
    return signs.count >= 8 && signs.allSatisfy(\.isHexadecimalDigit)
      && signs.contains(where: \.isDigit)
  }

  private func gently(_ bytes: [UInt8], _ marks: Marks, _ manner: Manner) -> [UInt8] {
    let draws = key.draws(max(64, marks.places.count), for: marks.folded, round: 9)
    var result = bytes
    for (position, place) in marks.places.enumerated() where place.scalar.isASCII {
      let byte = UInt8(place.scalar.value)
      switch manner {
      case .ordered:
        // One step for all of a class: what was equal is equal, and most of the order is kept.
        let count: UInt8 = byte.isDigit ? 10 : 26
        let first: UInt8 = byte.isDigit ? 48 : byte.isUpper ? 65 : 97
        let step = UInt8(1 + draws[0] % UInt16(count - 1))
        Self.write(
          Unicode.Scalar(first + (byte - first + step) % count), over: place, in: &result)
      case .digitsKept where byte.isDigit, .lettersKept where !byte.isDigit: continue
      default:
        Self.write(
          Self.other(
            than: place.scalar, draws[position], hexadecimal: false, leads: place.leadsNumber),
          over: place, in: &result)
      }
    }
    return result
  }
}

/// The letters and digits of a text, and what they are called without their case: all that a replacement is drawn from.
struct Marks {
  struct Place {
    var range: Range<Int>
    var scalar: Unicode.Scalar
    var leadsNumber = false
    /// It is part of the structure: a zero that leads a number, or what stands behind a sign that escapes.
    var isFixed = false
  }

  private(set) var places: [Place] = []
  private(set) var folded: [UInt8] = []

  init(_ bytes: [UInt8]) {
    var position = 0
    while position < bytes.count {
      guard let (scalar, width) = bytes.scalar(at: position) else {
        position += 1
        continue
      }
      let range = position..<(position + width)
      if LetterKinship.isLetterOrDigit(scalar.properties.generalCategory) {
        add(scalar, range, bytes)
      }
      position += width
    }
  }

  private mutating func add(_ scalar: Unicode.Scalar, _ range: Range<Int>, _ bytes: [UInt8]) {
    var place = Place(range: range, scalar: scalar)
    let before = range.lowerBound > 0 ? bytes[range.lowerBound - 1] : 0
    if before == UInt8(ascii: "\\") || before == UInt8(ascii: "%") { place.isFixed = true }
    if scalar.isASCII, UInt8(scalar.value).isDigit {
      let behindZeros = places.last.map { $0.isFixed && $0.scalar == "0" } ?? false
      let leads = !before.isDigit || before == 48 && behindZeros
      let run = bytes[range.upperBound...].prefix { $0.isDigit }
      place.leadsNumber = leads && !run.isEmpty
      if leads, scalar == "0", run.contains(where: { $0 != 48 }) { place.isFixed = true }
    }
    places.append(place)
    folded += bytes[range].map { $0.isUpper ? $0 + 32 : $0 }
  }
}

extension [UInt8] {
  /// The character that begins at a position, where the bytes are one.
  func scalar(at position: Int) -> (Unicode.Scalar, width: Int)? {
    let first = self[position]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0
    guard width > 0, position + width <= count else { return nil }
    let text = String(validating: self[position..<(position + width)], as: UTF8.self)
    guard let scalar = text?.unicodeScalars.first else { return nil }
    return (scalar, width)
  }
}

extension UInt8 {
  var isHexadecimalDigit: Bool {
    isDigit || self >= 65 && self <= 70 || self >= 97 && self <= 102
  }
}

extension Disguise {
  /// A card's number that is as sound as the one that it stands for, of the same brand.
  func covered(card bytes: [UInt8]) -> [UInt8] {
    let places = bytes.indices.filter { bytes[$0].isDigit }
    guard places.count > 4 else { return substituted(bytes) }
    let isSound = Checksum.isSound(card: places.map { bytes[$0] })
    var result = substituted(bytes)
    for place in places.prefix(2) { result[place] = bytes[place] }
    for digit in UInt8(48)...57 {
      result[places[places.count - 1]] = digit
      if Checksum.isSound(card: places.map { result[$0] }) == isSound { break }
    }
    return result
  }

  /// An account's number of the same country whose check digits are right where they were.
  func covered(iban bytes: [UInt8]) -> [UInt8] {
    let places = bytes.indices.filter { bytes[$0].isAlphanumeric && bytes[$0] < 0x80 }
    guard places.count > 8 else { return substituted(bytes) }
    let isSound = Checksum.isSound(iban: places.map { bytes[$0] })
    var result = substituted(bytes)
    for place in places.prefix(2) { result[place] = bytes[place] }
    for number in 2...98 {
      result[places[2]] = UInt8(48 + number / 10)
      result[places[3]] = UInt8(48 + number % 10)
      if Checksum.isSound(iban: places.map { result[$0] }) == isSound { break }
    }
    return result
  }

  /// An address of the same range, each of whose numbers has as many digits as before; of a private network's, the network stays.
  func covered(ipv4 bytes: [UInt8]) -> [UInt8] {
    let reach = AddressRange(bytes)
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    for round in 0..<32 {
      let draws = key.draws(parts.count, for: bytes, round: round)
      let changed = zip(parts, draws).enumerated().map { position, part in
        reach == .own && position < 2 ? Array(part.0) : Self.number(like: part.0, draw: part.1)
      }
      let result = Array(changed.joined(separator: [UInt8(ascii: ".")]))
      if AddressRange(result) == reach { return result }
    }
    return substituted(bytes)
  }

  /// Another number below 256 with as many digits, of which as many zeros lead it.
  private static func number(like digits: ArraySlice<UInt8>, draw: UInt16) -> [UInt8] {
    let zeros = digits.prefix { $0 == 48 }.count
    let (first, last) =
      switch digits.count - zeros {
      case 1: (1, 9)
      case 2: (10, 99)
      case 3: (100, 255)
      default: (0, 0)
      }
    guard last > 0 else { return Array(digits) }
    let value = digits.reduce(0) { ($0 * 10 + Int($1 &- 48)) % 1000 }
    let other = first + (value - first + 1 + Int(draw) % (last - first)) % (last - first + 1)
    return Array(repeating: 48, count: zeros) + Array(String(other).utf8)
  }
}

/// The sums by which numbers show that they were copied right.
enum Checksum {
  /// Luhn's sum over all digits.
  static func isSound(card digits: [UInt8]) -> Bool {
    var sum = 0
    for (position, digit) in digits.reversed().enumerated() {
      let value = Int(digit - 48) * (position % 2 + 1)
      sum += value > 9 ? value - 9 : value
    }
    return sum % 10 == 0
  }

  /// ISO 7064 over letters and digits, the first four behind the others.
  static func isSound(iban signs: [UInt8]) -> Bool {
    guard signs.count > 4 else { return false }
    var rest = 0
    for sign in signs[4...] + signs[..<4] {
      if sign.isDigit {
        rest = (rest * 10 + Int(sign - 48)) % 97
      } else {
        rest = (rest * 100 + Int((sign | 0x20) - 97) + 10) % 97
      }
    }
    return rest == 1
  }
}

/// Whose an address of the internet's fourth version may be.
enum AddressRange: Equatable {
  /// Loopback, documentation, broadcast and the like: nobody's.
  case nobody
  /// A private network's.
  case own
  case anybody

  init(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: UInt8(ascii: ".")).map {
      $0.reduce(0) { $0 * 10 + Int($1 &- 48) }
    }
    guard parts.count == 4 else {
      self = .nobody
      return
    }
    switch (parts[0], parts[1], parts[2]) {
    case (0, _, _), (127, _, _), (224..., _, _), (169, 254, _), (192, 0, 2), (198, 51, 100),
      (203, 0, 113), (198, 18...19, _):
      self = .nobody
    case (10, _, _), (172, 16...31, _), (192, 168, _): self = .own
    default: self = .anybody
    }
  }
}

extension Finds {
  /// Telephones, cards and accounts.
  mutating func findNumbers(_ bytes: [UInt8], _ signs: Signs) {
    if signs.has("+") || signs.has("(") || signs.has("-") { findPhones(bytes) }
    if signs.digits >= 13 { findCards(bytes) }
    findAccounts(bytes)
  }

  /// `+49 151 2345 6789`, `(415) 555-0100`: the country stays.
  private mutating func findPhones(_ bytes: [UInt8]) {
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      let isStart =
        position == 0 || !bytes[position - 1].isAlphanumeric && bytes[position - 1] != 46
      if byte == UInt8(ascii: "+"), position == 0 || !bytes[position - 1].isDigit,
        let end = endOfPhone(bytes, from: position + 1, digits: 8...15)
      {
        let isShort = "17".utf8.contains(bytes[position + 1])
        add(phone: (position + 1)..<end, in: bytes, keeping: isShort ? 1 : 2)
        position = end
      } else if isStart, byte == UInt8(ascii: "(") || byte.isDigit,
        let end = endOfLocalPhone(bytes, from: position)
      {
        add(phone: position..<end, in: bytes, keeping: 0)
        position = end
      } else {
        position += 1
      }
    }
  }

  private mutating func add(phone range: Range<Int>, in bytes: [UInt8], keeping kept: Int) {
    guard kept > 0 else {
      secrets.append(Secret(range, "phone"))
      return
    }
    structure.append(range.lowerBound..<(range.lowerBound + kept))
    secrets.append(
      Secret((range.lowerBound + kept)..<range.upperBound, "phone", of: range))
  }

  /// Digits in groups, with one or two signs between them.
  private func endOfPhone(_ bytes: [UInt8], from start: Int, digits: ClosedRange<Int>) -> Int? {
    guard start < bytes.count, bytes[start].isDigit else { return nil }
    var position = start
    var end = start
    var count = 0
    var between = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte.isDigit {
        count += 1
        between = 0
        end = position + 1
      } else if " -()./".utf8.contains(byte), between < 2, count < digits.upperBound {
        between += 1
      } else {
        break
      }
      position += 1
    }
    guard digits.contains(count), bytes.isBounded(start..<end) || end == bytes.count else {
      return nil
    }
    return end
  }

  /// Three, three and four digits, with a sign between them.
  private func endOfLocalPhone(_ bytes: [UInt8], from start: Int) -> Int? {
    var position = start
    let isBracketed = bytes[position] == UInt8(ascii: "(")
    if isBracketed { position += 1 }
    for (group, count) in [3, 3, 4].enumerated() {
      let end = position + count
      guard end <= bytes.count, bytes[position..<end].allSatisfy(\.isDigit) else { return nil }
      position = end
      if group == 0, isBracketed {
        guard position < bytes.count, bytes[position] == UInt8(ascii: ")") else { return nil }
        position += 1
        if position < bytes.count, bytes[position] == 32 { position += 1 }
      } else if group < 2 {
        guard position < bytes.count, bytes[position] == 45 || bytes[position] == 32 else {
          return nil
        }
        position += 1
      }
    }
    return position == bytes.count || !bytes[position].isAlphanumeric && bytes[position] != 45
      ? position : nil
  }

  /// Thirteen to nineteen digits, in groups or not, whose sum is right.
  private mutating func findCards(_ bytes: [UInt8]) {
    var position = 0
    while position < bytes.count {
      guard bytes[position].isDigit else {
        position += 1
        continue
      }
      let range = Self.grouped(bytes, from: position)
      defer { position = max(range.upperBound, position + 1) }
      let digits = bytes[range].filter(\.isDigit)
      guard (13...19).contains(digits.count), (50...54).contains(digits[0]), bytes.isBounded(range),
        range.lowerBound == 0 || !"._".utf8.contains(bytes[range.lowerBound - 1]),
        Checksum.isSound(card: digits), Set(digits).count > 1
      else { continue }
      secrets.append(Secret(range, "card", form: .card))
    }
  }

  private static func grouped(_ bytes: [UInt8], from start: Int) -> Range<Int> {
    var end = start
    while end < bytes.count {
      if bytes[end].isDigit {
        end += 1
      } else if end + 1 < bytes.count, bytes[end] == 32 || bytes[end] == 45, bytes[end + 1].isDigit
      {
        end += 1
      } else {
        break
      }
    }
    return start..<end
  }

  /// A country, two check digits, and as much as that country's accounts have, in groups of four or not.
  private mutating func findAccounts(_ bytes: [UInt8]) {
    var position = 0
    while position + 15 <= bytes.count {
      defer { position += 1 }
      guard bytes[position] < 0x80, bytes[position] & 0xDF >= 65, bytes[position] & 0xDF <= 90,
        bytes[position + 2].isDigit, bytes[position + 3].isDigit,
        position == 0 || !bytes[position - 1].isAlphanumeric
      else { continue }
      let country = String(decoding: bytes[position..<(position + 2)], as: UTF8.self).uppercased()
      guard let length = Self.accounts[country],
        let end = endOfAccount(bytes, from: position, length)
      else { continue }
      let range = position..<end
      guard Checksum.isSound(iban: bytes[range].filter(\.isAlphanumeric)) else { continue }
      secrets.append(Secret(range, "iban", form: .iban))
      position = end - 1
    }
  }

  private func endOfAccount(_ bytes: [UInt8], from start: Int, _ length: Int) -> Int? {
    var end = start
    var count = 0
    while end < bytes.count, count < length {
      let byte = bytes[end]
      if byte.isAlphanumeric, byte < 0x80 {
        count += 1
      } else if byte == 32 || byte == 45, count % 4 == 0, count > 0 {
      } else {
        return nil
      }
      end += 1
    }
    return count == length && (end == bytes.count || !bytes[end].isAlphanumeric) ? end : nil
  }

  /// How many signs the accounts of a country have.
  private static let accounts: [String: Int] = [
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28,
    "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23,
    "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26,
    "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20,
    "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18,
    "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24,
    "SC": 31, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28, "TL": 23, "TN": 24,
    "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
  ]
}

extension Finds {
  /// `name@host`: the name, and what of the host belongs to somebody.
  mutating func findMails(_ bytes: [UInt8]) {
    var position = 0
    while let at = bytes[position...].firstIndex(of: UInt8(ascii: "@")) {
      position = at + 1
      let start = nameStart(bytes, before: at)
      let end = bytes.end(from: at + 1) { $0.isAlphanumeric || $0 == 45 || $0 == 46 }
      let host = (at + 1)..<trimmed(bytes, at + 1, end)
      guard start < at, !host.isEmpty, isHost(bytes, host, aloneFrom: start) else { continue }
      add(bytes, name: start..<at, host: host)
      position = host.upperBound
    }
  }

  /// An apostrophe inside a name is a part of it, one before it a quote.
  private func nameStart(_ bytes: [UInt8], before at: Int) -> Int {
    var start = bytes.start(before: at) {
      $0.isAlphanumeric || ".!#$%&'*+-_~^`{|}".utf8.contains($0)
    }
    if let quote = bytes[start..<at].lastIndex(where: { "`|{}".utf8.contains($0) }) {
      start = quote + 1
    }
    while start < at {
      let byte = bytes[start]
      if byte.isAlphanumeric || byte == 95 || byte == 43 { break }
      start += 1
    }
    // `'name'@host` and `to='name@host`: what stands before the quote is another word.
    if let quote = bytes[start..<at].firstIndex(of: UInt8(ascii: "'")),
      start > 0, bytes[start - 1] == UInt8(ascii: "'") || quote + 1 == at
    {
      return quote + 1
    }
    if let sign = bytes[start..<at].lastIndex(where: { $0 == 38 }) { start = sign + 1 }
    return start
  }

  private func trimmed(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
    var end = end
    while end > start, bytes[end - 1] == 45 || bytes[end - 1] == 46 { end -= 1 }
    return end
  }

  /// A host has a domain, or the address is all that the text is.
  private func isHost(_ bytes: [UInt8], _ host: Range<Int>, aloneFrom start: Int) -> Bool {
    guard bytes[host.lowerBound].isAlphanumeric else { return false }
    let last = bytes[host].split(separator: 46, omittingEmptySubsequences: false).last ?? []
    guard last.count >= 2, last.allSatisfy({ !$0.isDigit }) else { return false }
    if bytes[host].contains(46) { return true }
    return start == 0 && host.upperBound == bytes.count && host.count >= 4
  }

  private mutating func add(_ bytes: [UInt8], name: Range<Int>, host: Range<Int>) {
    let whole = name.lowerBound..<host.upperBound
    secrets.append(Secret(name, "email", of: whole, spreads: name.count >= 6))
    let text = String(decoding: bytes[host], as: UTF8.self).lowercased()
    structure.append(name.upperBound..<(name.upperBound + 1))
    guard !Self.isCommon(host: text) else {
      structure.append(host)
      return
    }
    var start = host.lowerBound
    let labels = bytes[host].split(separator: 46, omittingEmptySubsequences: false)
    for (position, label) in labels.enumerated() {
      let range = start..<(start + label.count)
      start = range.upperBound + 1
      // The last part says which country it is, and often decides.
      if position == labels.count - 1, labels.count > 1 || label.count <= 3 {
        structure.append(range)
      } else {
        secrets.append(Secret(range, "email-host", of: host, spreads: false))
      }
    }
  }

  /// Hosts that are nobody's, or so many people's that they tell of none.
  static func isCommon(host: String) -> Bool {
    let labels = host.split(separator: ".").map(String.init)
    if let last = labels.last, reservedEnds.contains(last) { return true }
    let domain = labels.suffix(2).joined(separator: ".")
    return publicHosts.contains(domain) || domain.hasPrefix("example.")
  }

  private static let reservedEnds: Set<String> = [
    "test", "example", "invalid", "localhost", "local", "internal", "intranet", "lan",
  ]

  private static let publicHosts: Set<String> = [
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com",
    "icloud.com", "me.com", "aol.com", "gmx.de", "gmx.net", "gmx.com", "web.de", "mail.ru",
    "yandex.ru", "proton.me", "protonmail.com", "qq.com", "163.com", "t-online.de", "orange.fr",
    "free.fr", "libero.it", "mail.com", "zoho.com", "fastmail.com",
  ]
}

extension Finds {
  /// `scheme://user:password@host`: both words before the last `@` of the authority, or, where the password holds a slash, of
  /// the whole address.
  mutating func findCredentials(_ bytes: [UInt8]) {
    var position = 0
    while let mark = bytes.firstRange(of: "://", from: position) {
      position = mark + 3
      guard mark > 0, bytes[mark - 1].isAlphanumeric, let at = signIn(bytes, from: position)
      else { continue }
      if let colon = bytes[position..<at].firstIndex(of: UInt8(ascii: ":")) {
        add(bytes, user: position..<colon)
        add(bytes, password: (colon + 1)..<at)
      } else if at - position >= 16 {
        // A key in the user's place, as in a DSN; short ones are names of accounts.
        secrets.append(Secret(position..<at, "url-credentials"))
      }
      position = at + 1
    }
  }

  /// The `@` that ends who signs in.
  private func signIn(_ bytes: [UInt8], from start: Int) -> Int? {
    let authority = bytes.end(from: start) { !Self.endsAddress($0) && !"/?#".utf8.contains($0) }
    if let at = bytes[start..<authority].lastIndex(of: UInt8(ascii: "@")) { return at }
    // Behind a colon stands a port, and else a password that a slash has cut.
    guard let colon = bytes[start..<authority].firstIndex(of: UInt8(ascii: ":")),
      !bytes[(colon + 1)..<authority].allSatisfy(\.isDigit)
    else { return nil }
    let end = bytes.end(from: authority) { !Self.endsAddress($0) }
    return bytes[authority..<end].lastIndex(of: UInt8(ascii: "@"))
  }

  private mutating func add(_ bytes: [UInt8], user: Range<Int>) {
    let name = String(decoding: bytes[user], as: UTF8.self).lowercased()
    guard !user.isEmpty, !Self.isPlaceholder(bytes[user]) else { return }
    guard !Self.commonUsers.contains(name) else {
      structure.append(user)
      return
    }
    secrets.append(Secret(user, "url-user", spreads: user.count >= 8))
  }

  private mutating func add(_ bytes: [UInt8], password: Range<Int>) {
    guard !password.isEmpty, !Self.isPlaceholder(bytes[password]) else { return }
    secrets.append(Secret(password, "url-password"))
  }

  private static let commonUsers: Set<String> = [
    "root", "admin", "postgres", "mysql", "redis", "guest", "default", "app", "user", "git", "sa",
    "anonymous", "rabbitmq", "mongo", "test",
  ]

  private static func endsAddress(_ byte: UInt8) -> Bool {
    byte.isSpace || byte.isQuote || "<>`\\".utf8.contains(byte)
  }

  /// A hole in a template, `{password}` or `%s`, which holds no secret.
  static func isPlaceholder(_ value: ArraySlice<UInt8>) -> Bool {
    value.elementsEqual("%s".utf8)
      || value.first == UInt8(ascii: "{")
        && (value.last == UInt8(ascii: "}") || !value.dropFirst().contains { !isNamePart($0) })
      || value.elementsEqual("***".utf8) || value.elementsEqual("[Filtered]".utf8)
  }

  static func isNamePart(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || "_-.%".utf8.contains(byte)
  }
}

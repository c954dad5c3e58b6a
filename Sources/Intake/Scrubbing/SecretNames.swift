/// Names that say that what stands under them is a secret.
///
/// They are compared word by word: `X-Api-Key`, `apiKey` and `body.api_key` all hold the words api, key; `monkey` does not.
struct SecretNames: Sendable {
  /// Names of the configuration, word by word, that announce secrets besides those that are known here.
  private let added: [[String]]
  /// Names of the configuration that announce none, and under which nothing is looked for.
  private let kept: Set<[String]>

  init(added: [String] = [], kept: [String] = []) {
    self.added = added.map { Self.words(Array($0.utf8)[...]) }.filter { !$0.isEmpty }
    self.kept = Set(kept.map { Self.words(Array($0.utf8)[...]) })
  }

  /// What kind of secret the name announces; `nil` for ordinary names.
  func kind(_ name: String) -> String? {
    kind(bytes: Array(name.utf8.prefix(256))[...])
  }

  /// Whether the configuration says that what stands under the name is no secret.
  func isKept(_ name: String) -> Bool {
    !kept.isEmpty && kept.contains(Self.words(Array(name.utf8.prefix(256))[...]))
  }

  func kind(bytes: ArraySlice<UInt8>) -> String? {
    if added.isEmpty, kept.isEmpty { return Self.kind(bytes: bytes) }
    let words = Self.words(bytes)
    if kept.contains(words) { return nil }
    if added.contains(where: { Self.holds(words, $0) }) { return "named" }
    return Self.kind(bytes: bytes)
  }

  private static func holds(_ words: [String], _ wanted: [String]) -> Bool {
    guard words.count >= wanted.count else { return false }
    return (0...(words.count - wanted.count)).contains { start in
      words[start..<(start + wanted.count)].elementsEqual(wanted)
    }
  }

  private static func kind(bytes: ArraySlice<UInt8>) -> String? {
    let words = words(bytes)
    guard let last = words.last, !attributes.contains(last) else { return nil }
    if words == ["auth"] { return "credential" }
    for (position, word) in words.enumerated() {
      if let kind = kind(word: word) { return kind }
      guard word == "key" || word == "keys", position > 0 else { continue }
      if keyOwners.contains(words[position - 1]) { return "key" }
    }
    // The working directory of a process is `PWD`.
    return words.contains("pwd") && bytes.elementsEqual("PWD".utf8) == false ? "password" : nil
  }

  private static func kind(word: String) -> String? {
    let stem =
      word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss")
      ? String(word.dropLast()) : word
    if let kind = wholeWords[stem] ?? wholeWords[word] { return kind }
    if stem.hasPrefix("csrf") || stem.hasPrefix("xsrf") { return "csrf" }
    return endings.first { stem.hasSuffix($0.key) }?.value
  }

  private static let wholeWords: [String: String] = [
    "passphrase": "password", "passcode": "password", "authorization": "authorization",
    "cookie": "cookie", "session": "session", "sessionid": "session", "sessionkey": "session",
    "jsessionid": "session", "sessid": "session", "phpsessid": "session",
    "credential": "credential", "jwt": "token", "bearer": "token", "authkey": "key",
    "cvv": "card-code", "cvc": "card-code", "ssn": "national-id", "otp": "one-time-code",
  ]

  /// Words that are often written together with the one before: `accesstoken`, `dbpassword`.
  private static let endings: [String: String] = [
    "password": "password", "passwd": "password", "token": "token", "secret": "secret",
    "apikey": "key", "privatekey": "key", "secretkey": "key", "accesskey": "key",
    "signingkey": "key", "encryptionkey": "key",
  ]

  private static let keyOwners: Set<String> = [
    "api", "private", "signing", "access", "secret", "encryption", "auth", "master", "account",
  ]

  /// Last words that name a property of a secret, and not the secret.
  private static let attributes: Set<String> = [
    "type", "kind", "count", "length", "url", "uri", "endpoint", "ttl", "expires", "expiry",
    "timeout", "path",
  ]

  /// Lower-case words, parted at everything that is no letter or digit and at the humps of camel case.
  static func words(_ bytes: ArraySlice<UInt8>) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var previous: UInt8 = 0
    func finish() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word = []
    }
    for (position, byte) in zip(bytes.indices, bytes) {
      let next = position + 1 < bytes.endIndex ? bytes[position + 1] : 0
      if !byte.isAlphanumeric {
        finish()
      } else {
        let startsHump =
          byte.isUpper && (previous.isLower || previous.isDigit || previous.isUpper && next.isLower)
        if startsHump { finish() }
        word.append(byte.isUpper ? byte + 32 : byte)
      }
      previous = byte
    }
    finish()
    return words
  }
}

extension UInt8 {
  var isUpper: Bool { self >= 65 && self <= 90 }
  var isLower: Bool { self >= 97 && self <= 122 }
  var isDigit: Bool { self >= 48 && self <= 57 }
  /// Bytes of other alphabets count as letters.
  var isAlphanumeric: Bool { isUpper || isLower || isDigit || self >= 0x80 }
  var isSpace: Bool { self == 0x20 || self >= 9 && self <= 13 }
  var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }
}

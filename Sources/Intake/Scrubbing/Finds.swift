/// What was seen in one text: secrets, what has to stay of them, and values under names that announce a secret.
struct Finds {
  struct Secret {
    var range: Range<Int>
    var kind: String
    var form = Disguise.Form.plain
    /// What the repository is asked about: an address and not only its name.
    var whole: Range<Int>
    /// Whether other texts are searched for it.
    var spreads = true

    init(
      _ range: Range<Int>, _ kind: String, form: Disguise.Form = .plain,
      of whole: Range<Int>? = nil, spreads: Bool = true
    ) {
      self.range = range
      self.kind = kind
      self.form = form
      self.whole = whole ?? range
      self.spreads = spreads
    }
  }

  var secrets: [Secret] = []
  /// Words that announce or part secrets: the failure may depend on them, and they betray nothing.
  var structure: [Range<Int>] = []
  /// Values whose name says what they are.
  var named: [(range: Range<Int>, kind: String)] = []

  /// What a text is, which decides what can be meant by it.
  enum Role: Sendable {
    case text
    /// Lines of code, where `name=value` is no assignment of a secret.
    case source
    /// A path of the service itself: words in it are routes.
    case address
  }

  init(in bytes: [UInt8], _ signs: Signs, role: Role, names: SecretNames) {
    findKeys(bytes, signs)
    if signs.has("@") { findMails(bytes) }
    if signs.has("@"), signs.has("/") { findCredentials(bytes) }
    if signs.digits >= 7 {
      findNumbers(bytes, signs)
      if signs.has(".") { findAddresses4(bytes) }
    }
    if signs.has(":"), signs.digits > 0 { findAddresses6(bytes) }
    if role != .address, signs.has("/") || signs.has("\\") { findHomes(bytes) }
    if signs.longestWord >= 20 { findRandom(bytes) }
    let structure = structure
    secrets.removeAll { $0.kind == "random" && structure.contains(where: $0.range.overlaps) }
    if signs.has("=") || signs.has(":") { findNamed(bytes, role: role, names: names) }
  }
}

/// Which characters a text has at all: most texts need no closer look.
struct Signs {
  private var seen = [Bool](repeating: false, count: 256)
  private(set) var digits = 0
  private(set) var longestWord = 0

  init(_ bytes: [UInt8]) {
    var word = 0
    for byte in bytes {
      seen[Int(byte)] = true
      if byte.isDigit { digits += 1 }
      word =
        byte.isAlphanumeric || byte == 45 || byte == 95 || byte == 43 || byte == 47 ? word + 1 : 0
      if word > longestWord { longestWord = word }
    }
  }

  func has(_ sign: Unicode.Scalar) -> Bool { seen[Int(sign.value)] }
}

extension [UInt8] {
  /// Where what a test holds for ends, from a position on.
  func end(from start: Int, while holds: (UInt8) -> Bool) -> Int {
    var position = start
    while position < count, holds(self[position]) { position += 1 }
    return position
  }

  func start(before end: Int, while holds: (UInt8) -> Bool) -> Int {
    var position = end
    while position > 0, holds(self[position - 1]) { position -= 1 }
    return position
  }

  /// Whether neither a letter nor a digit stands right before and right behind a range.
  func isBounded(_ range: Range<Int>) -> Bool {
    (range.lowerBound == 0 || !self[range.lowerBound - 1].isAlphanumeric)
      && (range.upperBound == count || !self[range.upperBound].isAlphanumeric)
  }
}

/// Secrets that were seen somewhere in an event, and are looked for in all of its texts.
struct KnownSecrets {
  private struct Entry {
    /// Without its case.
    var folded: [UInt8]
    var form: Disguise.Form
    /// It is a replacement already.
    var isGiven: Bool
    /// It stands only where no letter or digit goes on: a word as others are.
    var isWord: Bool
  }

  struct Occurrence {
    var range: Range<Int>
    var form: Disguise.Form
    var isGiven: Bool
  }

  static let shortest = 6

  private var entries: [Entry] = []
  /// By their first two bytes, the longest first.
  private var starts: [Int: [Int]] = [:]
  private var mayStart = [Bool](repeating: false, count: 65536)
  private let given: Set<[UInt8]>

  init(_ secrets: [([UInt8], Disguise.Form)] = [], given: Set<[UInt8]> = []) {
    self.given = given
    var seen: Set<[UInt8]> = []
    let all =
      given.map { ($0, Disguise.Form.plain, true) }
      + secrets.flatMap { secret, form in
        Self.spellings(secret).map { ($0, form, false) }
      }
    for (text, form, isGiven) in all {
      let folded = text.folded
      guard folded.count >= Self.shortest, folded.filter(\.isAlphanumeric).count >= 5,
        seen.insert(folded).inserted
      else { continue }
      entries.append(
        Entry(folded: folded, form: form, isGiven: isGiven, isWord: Self.isWord(folded)))
    }
    entries.sort { $0.folded.count > $1.folded.count }
    for (index, entry) in entries.enumerated() {
      let start = Int(entry.folded[0]) << 8 | Int(entry.folded[1])
      starts[start, default: []].append(index)
      mayStart[start] = true
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// Whether a text is what a scrubber has put in a secret's place.
  func isGiven(_ text: [UInt8]) -> Bool { given.contains(text) }

  /// A number is written with spaces, and without.
  private static func spellings(_ secret: [UInt8]) -> [[UInt8]] {
    guard secret.contains(where: { $0 == 32 || $0 == 45 }) else { return [secret] }
    let bare = secret.filter { $0 != 32 && $0 != 45 && $0 != 40 && $0 != 41 }
    return bare.filter(\.isDigit).count * 2 >= bare.count ? [secret, bare] : [secret]
  }

  private static func isWord(_ folded: [UInt8]) -> Bool {
    if folded.count >= 12 { return false }
    return folded.count < 8 || folded.allSatisfy { !$0.isDigit } || folded.allSatisfy(\.isDigit)
  }

  /// Where they stand, without overlap; `shorter` leaves out those that are as long as the text itself.
  func occurrences(in bytes: [UInt8], shorter: Bool = false) -> [Occurrence] {
    guard !entries.isEmpty, bytes.count >= Self.shortest else { return [] }
    let folded = bytes.folded
    var found: [Occurrence] = []
    var position = 0
    while position + 1 < folded.count {
      let start = Int(folded[position]) << 8 | Int(folded[position + 1])
      guard mayStart[start], let entry = match(folded, at: position, start, shorter: shorter) else {
        position += 1
        continue
      }
      let range = position..<(position + entry.folded.count)
      found.append(Occurrence(range: range, form: entry.form, isGiven: entry.isGiven))
      position = range.upperBound
    }
    return found
  }

  private func match(_ folded: [UInt8], at position: Int, _ start: Int, shorter: Bool) -> Entry? {
    for index in starts[start] ?? [] {
      let entry = entries[index]
      let end = position + entry.folded.count
      guard end <= folded.count, !shorter || entry.folded.count < folded.count,
        folded[position..<end].elementsEqual(entry.folded),
        !entry.isWord || folded.isBounded(position..<end)
      else { continue }
      return entry
    }
    return nil
  }
}

extension [UInt8] {
  var folded: [UInt8] { map { $0.isUpper ? $0 + 32 : $0 } }
}

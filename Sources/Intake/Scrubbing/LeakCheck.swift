import Foundation

/// The last look at what is about to be written: none of the secrets that were taken out may stand in it, whole or as a part of eight
/// characters, as it is, in base 64 or as hexadecimal digits.
public struct LeakCheck: Sendable {
  /// Parts that are shorter stand everywhere.
  public static let part = 8

  private var windows: [UInt64: Int] = [:]
  private var longer: [(text: [UInt8], secret: Int)] = []
  private let secrets: [Redaction]
  private let texts: [[UInt8]]

  public init(_ ledger: ScrubLedger) {
    secrets = ledger.originals.map { Redaction(kind: $0.kind, place: $0.place) }
    texts = ledger.originals.map(\.text)
    for (index, secret) in ledger.originals.enumerated() {
      // What the replacement shows as well is structure.
      var shown = Set(Self.windows(of: secret.given))
      shown.formUnion(Self.windows(of: secret.given.folded))
      for window in Self.windows(of: secret.text) where !shown.contains(window) {
        windows[window] = index
      }
      guard secret.text.count >= Self.part else { continue }
      longer.append((Array(secret.text.hexadecimal.utf8), index))
      for before in 0..<3 { longer.append((Self.packed(secret.text, before: before), index)) }
    }
    longer = longer.filter { $0.text.count >= Self.part }
  }

  /// Where one would be seen; `isHeld` says of a part whether the repository itself holds it.
  public func leak(
    in bytes: [UInt8], isHeld: (String) -> Bool = { _ in false }
  ) -> Redaction? {
    guard !windows.isEmpty, bytes.count >= Self.part else { return nil }
    var window: UInt64 = 0
    for (position, byte) in bytes.enumerated() {
      window = window << 8 | UInt64(byte)
      guard position >= Self.part - 1, let secret = windows[window] else { continue }
      let seen = Self.common(bytes, endingAt: position, with: texts[secret])
      if isTelling(seen, of: secret), !isHeld(String(decoding: seen, as: UTF8.self)) {
        return secrets[secret]
      }
    }
    let data = Data(bytes)
    for (text, secret) in longer where data.range(of: Data(text)) != nil { return secrets[secret] }
    return nil
  }

  /// All of the secret that stands around a place.
  private static func common(
    _ bytes: [UInt8], endingAt position: Int, with secret: [UInt8]
  ) -> ArraySlice<UInt8> {
    let window = bytes[(position - part + 1)...position]
    var best = window
    for start in 0...(secret.count - part)
    where secret[start..<(start + part)].elementsEqual(window) {
      var range = window.startIndex..<window.endIndex
      var first = start
      while first > 0, range.lowerBound > 0, secret[first - 1] == bytes[range.lowerBound - 1] {
        first -= 1
        range = (range.lowerBound - 1)..<range.upperBound
      }
      var end = start + part
      while end < secret.count, range.upperBound < bytes.count,
        secret[end] == bytes[range.upperBound]
      {
        end += 1
        range = range.lowerBound..<(range.upperBound + 1)
      }
      if range.count > best.count { best = bytes[range] }
    }
    return best
  }

  /// A part that is a plain word says nothing: a note in a session, a path in a cookie.
  private func isTelling(_ seen: ArraySlice<UInt8>, of secret: Int) -> Bool {
    seen.count == texts[secret].count || seen.count >= 16
      || seen.contains(where: \.isDigit) || seen.contains(where: \.isUpper)
  }

  private static func windows(of text: [UInt8]) -> [UInt64] {
    guard text.count >= part else { return [] }
    return (0...(text.count - part)).compactMap { start in
      let piece = text[start..<(start + part)]
      guard piece.filter(\.isAlphanumeric).count >= 6 else { return nil }
      return piece.reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  /// How it stands in base 64 where so many bytes come before it.
  static func packed(_ text: [UInt8], before: Int) -> [UInt8] {
    let whole = Data(Array(repeating: 0, count: before) + text).base64EncodedString()
    let first = [0, 2, 3][before]
    let trimmed = whole.utf8.filter { $0 != 61 }
    let last = trimmed.count - ((before + text.count) % 3 == 0 ? 0 : 1)
    return first < last ? Array(trimmed[first..<last]) : []
  }
}

/// Secrets inside a text: each is replaced by one word, and everything around it stays where it was.
///
/// The structure is kept because it often is the cause of the failure: a URL stays a URL with credentials, JSON stays
/// the JSON that it was. Applying it twice is applying it once.
enum SecretText {
  static let mask = Array("redacted".utf8)

  /// `source` is for lines of code, where `name=value` is no assignment of a secret.
  static func scrubbed(_ text: String, source: Bool = false) -> String {
    guard text.utf8.count > 7 else { return text }
    let bytes = Array(text.utf8)
    let result = scrubbed(bytes, source: source)
    return result == bytes ? text : String(decoding: result, as: UTF8.self)
  }

  static func scrubbed(_ bytes: [UInt8], source: Bool = false) -> [UInt8] {
    var bytes = bytes
    var finds = [SecretFinds.privateKeys, SecretFinds.quotedMembers, SecretFinds.credentialsInURLs]
    finds.append(source ? SecretFinds.queryParameters : SecretFinds.assignments)
    finds.append(SecretFinds.tokens)
    for find in finds { bytes = replacing(find(bytes), in: bytes) }
    return bytes
  }

  /// The ranges come in order and do not overlap.
  private static func replacing(_ ranges: [Range<Int>], in bytes: [UInt8]) -> [UInt8] {
    guard !ranges.isEmpty else { return bytes }
    var result: [UInt8] = []
    var copied = 0
    for range in ranges where range.lowerBound >= copied && !range.isEmpty {
      result += bytes[copied..<range.lowerBound]
      result += mask
      copied = range.upperBound
    }
    return result + bytes[copied...]
  }
}

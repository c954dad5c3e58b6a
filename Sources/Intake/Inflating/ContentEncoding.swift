/// How a body is compressed on the wire (RFC 9110, 8.4.1; brotli: RFC 7932; zstd: RFC 9659).
public enum ContentEncoding: String, CaseIterable, Sendable {
  case identity
  case gzip
  /// In zlib's wrapping, as the standard says, or bare, as some clients send it.
  case deflate
  case brotli = "br"
  case zstd

  /// What the header's value names; none at all is `identity`.
  ///
  /// One body in several encodings is refused: no sender needs it, and each layer would multiply what a bomb costs.
  public init(header: String?) throws(IntakeError) {
    let name = (header ?? "").lowercased().filter { $0 != " " && $0 != "\t" }
    switch name {
    case "": self = .identity
    case "x-gzip": self = .gzip
    default:
      guard let known = ContentEncoding(rawValue: name) else {
        throw .unknownEncoding(Self.printable(name))
      }
      self = known
    }
  }

  /// What the first bytes of a file say by themselves: no JSON and no log begins like this.
  init(mark bytes: [UInt8]) {
    self = .identity
    guard bytes.count > 2 else { return }
    if bytes[0] == 0x1F, bytes[1] == 0x8B { self = .gzip }
    // zlib's header is a multiple of 31 that begins with 0x78.
    if bytes[0] == 0x78, (UInt16(bytes[0]) << 8 | UInt16(bytes[1])) % 31 == 0 { self = .deflate }
    if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { self = .zstd }
  }

  /// A sender's word, fit to stand in an error.
  private static func printable(_ name: String) -> String {
    String(
      name.prefix(40).map { letter in
        letter.isASCII && (letter.isLetter || letter.isNumber || "-,".contains(letter))
          ? letter : "?"
      })
  }
}

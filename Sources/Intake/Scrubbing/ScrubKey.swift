import Crypto
import Synchronization

/// What keys the replacements of one project: whoever has not got it cannot find out, by trying, what a replacement stands for.
public final class ScrubKey: Sendable {
  public static let length = 32

  private let made: @Sendable () -> [UInt8]?
  private let known = Mutex<SymmetricKey?>(nil)

  /// `made` is asked when the first secret is replaced, and never before: who has none needs no key. Where it has too few bytes,
  /// the key is a new one that nothing else will ever make again.
  public init(_ made: @escaping @Sendable () -> [UInt8]? = { nil }) { self.made = made }

  private var key: SymmetricKey {
    known.withLock { known in
      if let known { return known }
      let bytes = made() ?? []
      let new =
        bytes.count >= Self.length ? SymmetricKey(data: bytes) : SymmetricKey(size: .bits256)
      known = new
      return new
    }
  }

  /// As many draws as are wanted: the same for the same text and round, and nothing that tells of the text.
  func draws(_ count: Int, for text: [UInt8], round: Int = 0) -> [UInt16] {
    let key = key
    var draws: [UInt16] = []
    var block = 0
    while draws.count < count {
      var message = text
      message += [0, UInt8(round & 255), UInt8(block & 255), UInt8(block >> 8 & 255)]
      let code = Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
      for at in stride(from: 0, to: code.count, by: 2) {
        draws.append(UInt16(code[at]) << 8 | UInt16(code[at + 1]))
      }
      block += 1
    }
    return Array(draws.prefix(count))
  }
}

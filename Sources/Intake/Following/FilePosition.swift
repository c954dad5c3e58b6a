import Crypto
import Interchange

/// Which file it is, whatever it is called.
public struct FileIdentity: Hashable, Sendable {
  public var device: UInt64
  public var inode: UInt64
}

/// How far a log has been read: enough to go on after a restart, and to see that it is no longer the same file.
public struct FilePosition: Hashable, Sendable {
  /// The most of a file's first bytes that are compared.
  static let headSize = 1024

  public var identity: FileIdentity
  /// The bytes before the first line that has not been given out.
  public var offset: Int
  /// What the first bytes, at most ``headSize`` and none beyond ``offset``, hash to.
  public var head: String

  init(identity: FileIdentity, offset: Int, head: some Sequence<UInt8>) {
    self.identity = identity
    self.offset = offset
    self.head = Self.digest(head)
  }

  static func digest(_ head: some Sequence<UInt8>) -> String {
    SHA256.hash(data: Array(head)).hexadecimal
  }
}

extension FilePosition {
  /// What is kept between two runs.
  public var json: JSON {
    [
      "device": .string(String(identity.device)), "inode": .string(String(identity.inode)),
      "offset": .integer(offset), "head": .string(head),
    ]
  }

  /// `nil` for what ``json`` has not written.
  public init?(_ json: JSON) {
    guard let device = json["device"]?.text.flatMap(UInt64.init),
      let inode = json["inode"]?.text.flatMap(UInt64.init),
      let offset = json["offset"]?.integer, offset >= 0, let head = json["head"]?.text
    else { return nil }
    identity = FileIdentity(device: device, inode: inode)
    self.offset = offset
    self.head = head
  }
}

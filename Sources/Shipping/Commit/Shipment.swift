import Foundation

/// New files for one failure, to be offered on a branch of their own.
public struct Shipment: Sendable, Hashable {
  public var base: Revision
  /// Contents by path from the repository's root; each path is free at the base.
  public var files: [String: [UInt8]]
  public var message: CommitMessage
  /// When the commit is said to be made.
  public var instant: Date

  public init(
    base: Revision, files: [String: [UInt8]], message: CommitMessage, instant: Date = Date()
  ) {
    self.base = base
    self.files = files
    self.message = message
    self.instant = instant
  }

  public var failure: String { message.failure }
  public var branch: String { "nevermore/\(failure)" }
  var reference: String { "refs/heads/\(branch)" }

  /// What is wrong with it on its own, before any repository is asked.
  func check() throws(ShippingError) {
    let isPlain = failure.utf8.allSatisfy { byte in
      byte.isHexadecimal || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    guard isPlain, (1...80).contains(failure.utf8.count), !failure.hasPrefix("-") else {
      throw .unacceptableFailure(failure)
    }
    guard !files.isEmpty else { throw .nothingToShip }
    for path in files.keys.sorted() {
      if let objection = TreePath.objection(toNewFile: path) {
        throw .protectedPath(path, reason: objection)
      }
    }
  }
}

/// A commit on a failure's branch.
public struct ShippedCommit: Sendable, Hashable {
  public var commit: String
  public var branch: String
  /// Whether the branch stood at this very commit already, so that nothing was written.
  public var isUnchanged: Bool
}

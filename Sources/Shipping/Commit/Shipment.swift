import Foundation

/// Commits for one failure, to be offered on a branch of their own: the test first, then the fix.
public struct Shipment: Sendable, Hashable {
  /// One commit, built on the one before.
  public struct Step: Sendable, Hashable {
    /// Contents by path from the repository's root; `nil` removes a file.
    public var files: [String: [UInt8]?]
    public var message: CommitMessage

    public init(files: [String: [UInt8]?], message: CommitMessage) {
      self.files = files
      self.message = message
    }
  }

  public var base: Revision
  /// The first adds files only; the others may change what is at the base, too.
  public var steps: [Step]
  /// When the commits are said to be made.
  public var instant: Date

  public init(base: Revision, steps: [Step], instant: Date = Date()) {
    self.base = base
    self.steps = steps
    self.instant = instant
  }

  public var failure: String { steps.first?.message.failure ?? "" }
  public var branch: String { "nevermore/\(failure)" }
  var reference: String { "refs/heads/\(branch)" }

  /// The message of a step, with its part where there are several: so that a branch of which a
  /// person dropped the last commit is known.
  func message(of step: Int) -> String {
    var message = steps[step].message
    if steps.count > 1 { message.part = CommitMessage.Part(number: step + 1, of: steps.count) }
    return message.text
  }

  /// What is wrong with it on its own, before any repository is asked.
  func check() throws(ShippingError) {
    let isPlain = failure.utf8.allSatisfy { byte in
      byte.isHexadecimal || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    guard !steps.isEmpty, steps.allSatisfy({ !$0.files.isEmpty }) else { throw .nothingToShip }
    guard isPlain, (1...80).contains(failure.utf8.count), !failure.hasPrefix("-"),
      steps.allSatisfy({ $0.message.failure == failure })
    else { throw .unacceptableFailure(failure) }
    for path in steps[0].files.keys.sorted() {
      guard steps[0].files[path] != .some(nil) else { throw .missingFile(path) }
      if let objection = TreePath.objection(toNewFile: path) {
        throw .protectedPath(path, reason: objection)
      }
    }
  }
}

/// A failure's branch with our commits on it.
public struct ShippedBranch: Sendable, Hashable {
  /// The first comes first; the last one is the branch's tip.
  public var commits: [String]
  public var branch: String
  /// Whether the branch stood at these very commits already, so that nothing was written.
  public var isUnchanged: Bool
}

extension ShippedBranch {
  /// The commit that the branch points at.
  public var tip: String { commits.last ?? "" }
}

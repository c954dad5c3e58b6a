import Failures

/// A change that a repairer proposes. It may be wrong: only the gates tell.
public struct Proposal: Sendable, Hashable {
  /// How much in the code speaks for it, weakest first. Of two that pass all gates and differ, the stronger wins; two of
  /// the same strength make the verdict inconclusive.
  public enum Strength: Int, Sendable, Hashable, Comparable {
    case guess, plausible, supported, stated

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// Whole new texts of the files that it changes, by path from the repository's root.
  public var changes: [String: String]
  public var origin: Patch.Origin
  public var strength: Strength
  /// What in the code speaks for it, in a sentence for the reviewer.
  public var reason: String

  public init(
    changes: [String: String], origin: Patch.Origin, strength: Strength, reason: String
  ) {
    self.changes = changes
    self.origin = origin
    self.strength = strength
    self.reason = reason
  }
}

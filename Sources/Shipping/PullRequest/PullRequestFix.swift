import Failures

/// What a pull request says of changes to the code: the one that it holds, and those that it does
/// not.
public struct PullRequestFix: Sendable, Hashable {
  /// A change that passed the gates too, and an input that tells it from the one that is shipped.
  public struct Alternative: Sendable, Hashable {
    public var diff: String
    public var origin: Patch.Origin
    /// A sentence.
    public var differsOn: String

    public init(diff: String, origin: Patch.Origin, differsOn: String) {
      self.diff = diff
      self.origin = origin
      self.differsOn = differsOn
    }
  }

  /// The fix that is shipped; `nil` where none is.
  public var patch: Patch?
  /// What in the code speaks for it: a sentence.
  public var reason: String
  public var verdict: Verdict
  public var alternatives: [Alternative]

  public init(
    patch: Patch?, reason: String, verdict: Verdict, alternatives: [Alternative] = []
  ) {
    self.patch = patch
    self.reason = reason
    self.verdict = verdict
    self.alternatives = alternatives
  }

  /// Whether the pull request changes the code, and not the suite alone.
  public var isShipped: Bool { patch != nil && verdict.decision == .accepted }
}

/// Where a failure stands; each is what a person would say of it.
public enum FailureState: String, Sendable, CaseIterable, Codable {
  /// Seen where no case is wanted: its environment is not worked on.
  case seen
  /// Its case waits for a worker.
  case queued
  case working
  /// The case ended without a test, with a reason.
  case stopped
  /// Its test is on a branch, without a fix.
  case tested
  /// Test and fix are on a branch.
  case fixed
  /// A pull request is open.
  case proposed
  case merged
  /// Merged, and seen in a release.
  case released
  /// A person closed the pull request: it is not opened again.
  case declined
  /// A person's word: it is counted and nothing else.
  case ignored

  /// Whether its fix was taken, so that coming back is news.
  public var isMended: Bool { self == .merged || self == .released }
}

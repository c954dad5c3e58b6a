/// All that a pull request says. Any text in it may come from an event.
public struct PullRequestFacts: Sendable, Hashable {
  public enum Rung: String, Sendable, Hashable {
    case noFailure = "no-failure"
    case property, value
  }

  public var failure: String
  public var exception: String
  /// `path:function` of the innermost frame of the repository.
  public var place: String
  public var line: Int?
  public var release: String?
  /// As it is to be read: `2026-03-01 12:00 UTC`.
  public var firstSeen: String?
  public var strategy: String
  public var entry: String
  public var runs: Int
  public var of: Int
  /// The nearby input that does not fail, or why every input fails: a sentence.
  public var counterfactual: String?
  /// Repository functions from the entry to the failure.
  public var path: [String]
  public var rung: Rung
  /// Why no higher rung: a sentence.
  public var rungReason: String
  public var unverified: [String]
  /// The command that repeats the failure on the reader's machine.
  public var command: String
  public var branch: String
  public var testPath: String
  /// What is known of a fix; `nil` where none was tried.
  public var fix: PullRequestFix?

  public init(
    failure: String, exception: String, place: String, line: Int? = nil, release: String? = nil,
    firstSeen: String? = nil, strategy: String, entry: String, runs: Int, of: Int,
    counterfactual: String? = nil, path: [String] = [], rung: Rung, rungReason: String,
    unverified: [String] = [], command: String, branch: String, testPath: String,
    fix: PullRequestFix? = nil
  ) {
    self.failure = failure
    self.exception = exception
    self.place = place
    self.line = line
    self.release = release
    self.firstSeen = firstSeen
    self.strategy = strategy
    self.entry = entry
    self.runs = runs
    self.of = of
    self.counterfactual = counterfactual
    self.path = path
    self.rung = rung
    self.rungReason = rungReason
    self.unverified = unverified
    self.command = command
    self.branch = branch
    self.testPath = testPath
    self.fix = fix
  }
}

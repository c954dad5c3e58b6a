import Failures

/// How the repository writes its tests, as read from its own.
public struct SuiteStyle: Sendable, Hashable {
  public enum Framework: String, Sendable, Hashable { case pytest, unittest }

  public var framework: Framework
  /// The folder of the suite, relative to the repository's root.
  public var folder: String
  /// Whether tests are found by `test_*` or `*_test` file names.
  public var filePattern: FilePattern
  public var lineLength: Int
  /// Fixtures that any test of the folder can ask for.
  public var fixtures: [String]
  /// Files that exist already, relative to the root.
  public var files: [String]

  public enum FilePattern: String, Sendable, Hashable { case prefix, suffix }

  public init(
    framework: Framework, folder: String, filePattern: FilePattern = .prefix,
    lineLength: Int = 88, fixtures: [String] = [], files: [String] = []
  ) {
    self.framework = framework
    self.folder = folder
    self.filePattern = filePattern
    self.lineLength = lineLength
    self.fixtures = fixtures
    self.files = files
  }
}

/// A test before it is text: what a language's printer turns into a file of its own.
public struct TestPlan: Sendable, Hashable {
  /// What the test's author may expect of a right fix.
  public enum Expectation: Sendable, Hashable {
    /// The entry ends without an exception, or with one of these of the repository's own.
    case noFailure(allowed: [Symbol])
    /// The entry's result is of this type.
    case resultType(Symbol, allowed: [Symbol])
    /// The entry's result equals this value.
    case value(Expression, allowed: [Symbol])
  }

  public var style: SuiteStyle
  public var path: String
  /// Words of the test's name, without any prefix of the framework: `discount of a customer without one`.
  public var name: String
  /// The comment's lines, without the marks of a comment.
  public var comment: [String]
  public var program: Program
  public var expectation: Expectation
  /// Why the test is a known issue; `nil` where it is no longer one.
  public var knownIssue: String?

  public init(
    style: SuiteStyle, path: String, name: String, comment: [String], program: Program,
    expectation: Expectation, knownIssue: String? = nil
  ) {
    self.style = style
    self.path = path
    self.name = name
    self.comment = comment
    self.program = program
    self.expectation = expectation
    self.knownIssue = knownIssue
  }
}

/// A test as text: its file and the data files beside it, by path from the repository's root.
public struct TestText: Sendable, Hashable {
  public var path: String
  public var source: String
  public var fixtures: [String: String]

  public init(path: String, source: String, fixtures: [String: String] = [:]) {
    self.path = path
    self.source = source
    self.fixtures = fixtures
  }
}

/// What one run of one test file gave.
public struct TestRunReport: Sendable, Hashable {
  public enum Result: String, Sendable, Hashable {
    case passed, failed, error, skipped
    /// Failed, as its known-issue mark expects.
    case knownIssue
    case none
  }

  public var result: Result
  /// The exceptions of the failure, outermost first, as in a trial.
  public var exceptions: [RaisedException]
  public var output: String
  /// Files that a trial changed and programs that it started outside a folder of its own.
  public var effects: [String]
  /// What a trial read, as in ``TrialReport/reads``.
  public var reads: [[Int]]

  public init(
    result: Result, exceptions: [RaisedException] = [], output: String = "", effects: [String] = [],
    reads: [[Int]] = []
  ) {
    self.effects = effects
    self.reads = reads
    self.result = result
    self.exceptions = exceptions
    self.output = output
  }
}

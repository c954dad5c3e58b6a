/// One small change of the code that a test should notice.
///
/// Identity is function, operator, text and occurrence, so that it outlives edits elsewhere in the file.
public struct Mutant: Sendable, Hashable {
  public var path: String
  /// The qualified name of the innermost function around it; `nil` for code that runs when the module is imported.
  public var function: String?
  /// The operator's name: `swap-comparison`.
  public var operation: String
  /// What stands there, and what is put in its place.
  public var original: String
  public var replacement: String
  /// Which of the equal texts in the function it is, counted from 0.
  public var occurrence: Int
  public var span: SourceSpan

  public init(
    path: String, function: String?, operation: String, original: String, replacement: String,
    occurrence: Int, span: SourceSpan
  ) {
    self.path = path
    self.function = function
    self.operation = operation
    self.original = original
    self.replacement = replacement
    self.occurrence = occurrence
    self.span = span
  }

  public var identifier: String {
    "\(path):\(function ?? "<module>"):\(operation):\(original)→\(replacement):\(occurrence)"
  }
}

/// What became of a mutant.
public enum MutantOutcome: Sendable, Hashable {
  case killed(by: String)
  case survived
  /// Never counted as a kill.
  case timedOut
  /// It does not compile.
  case unviable
  /// The compiled code is the same.
  case equivalent
  /// No test runs its lines.
  case notCovered
}

/// Mutants to run against tests.
public struct MutationRequest: Sendable, Hashable {
  public var mutants: [Mutant]
  /// Test identifiers or files; `nil` for the whole suite.
  public var tests: [String]?
  /// Files that exist for this run only, by path: the new test.
  public var files: [String: String]
  /// Seconds for all of it.
  public var seconds: Double

  public init(
    mutants: [Mutant], tests: [String]? = nil, files: [String: String] = [:], seconds: Double
  ) {
    self.mutants = mutants
    self.tests = tests
    self.files = files
    self.seconds = seconds
  }
}

/// What became of the mutants of one request.
public struct MutationReport: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public var mutant: Mutant
    public var outcome: MutantOutcome
    /// `swapped`, `forked` or `imported`: how it was judged at last.
    public var tier: String
    /// Seconds of CPU.
    public var cpuSeconds: Double

    public init(
      mutant: Mutant, outcome: MutantOutcome, tier: String = "", cpuSeconds: Double = 0
    ) {
      self.mutant = mutant
      self.outcome = outcome
      self.tier = tier
      self.cpuSeconds = cpuSeconds
    }
  }

  /// In the order of the request; the budget may have left some out.
  public var entries: [Entry]
  /// Tests that fail without any mutant: nothing can be said with them.
  public var failingBaseline: [String]
  /// Why the tests could not be run at all.
  public var trouble: String?
  /// Seconds of CPU that preparing took: collecting, the baseline, coverage.
  public var preparationCPUSeconds: Double
  /// Whether time ran out before all were judged.
  public var isCut: Bool

  public init(
    entries: [Entry], failingBaseline: [String] = [], trouble: String? = nil,
    preparationCPUSeconds: Double = 0, isCut: Bool = false
  ) {
    self.entries = entries
    self.failingBaseline = failingBaseline
    self.trouble = trouble
    self.preparationCPUSeconds = preparationCPUSeconds
    self.isCut = isCut
  }
}

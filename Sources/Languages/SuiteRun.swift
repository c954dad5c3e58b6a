/// One run of the repository's suite, or of some of its tests, in a fresh process.
public struct SuiteRequest: Sendable, Hashable {
  /// Test identifiers or files; `nil` for the whole suite.
  public var tests: [String]?
  /// Files that exist for this run only, by path: the new test.
  public var files: [String: String]
  /// Functions of which it is wanted which tests enter them, and what their calls take and give.
  public var record: [FunctionPlace]
  /// Seconds after which the run is ended; what has run by then is reported.
  public var seconds: Double

  public init(
    tests: [String]? = nil, files: [String: String] = [:],
    record: [FunctionPlace] = [], seconds: Double
  ) {
    self.tests = tests
    self.files = files
    self.record = record
    self.seconds = seconds
  }
}

/// A function of a file by its qualified name: `Basket.total`, `outer.inner`.
public struct FunctionPlace: Sendable, Hashable {
  public var path: String
  public var name: String

  public init(path: String, name: String) {
    self.path = path
    self.name = name
  }
}

/// What a run of the suite showed.
public struct SuiteReport: Sendable, Hashable {
  public struct Case: Sendable, Hashable {
    public var identifier: String
    public var result: TestRunReport.Result
    public var seconds: Double
    /// The type of the exception that failed it.
    public var exception: String?
    /// Lines of the recorded functions that it entered; one that was entered counts as a whole.
    public var lines: [String: Set<Int>]

    public init(
      identifier: String, result: TestRunReport.Result, seconds: Double, exception: String? = nil,
      lines: [String: Set<Int>] = [:]
    ) {
      self.identifier = identifier
      self.result = result
      self.seconds = seconds
      self.exception = exception
      self.lines = lines
    }
  }

  public var cases: [Case]
  public var calls: [CallRecord]
  /// Whether every collected test ran.
  public var isComplete: Bool
  /// Why nothing or not all could be collected; `nil` where all was.
  public var trouble: String?
  public var seconds: Double

  public init(
    cases: [Case], calls: [CallRecord] = [],
    isComplete: Bool, trouble: String? = nil, seconds: Double = 0
  ) {
    self.cases = cases
    self.calls = calls
    self.isComplete = isComplete
    self.trouble = trouble
    self.seconds = seconds
  }
}

/// One call of a watched function, in digests: equal values have equal digests, whatever the process.
public struct CallRecord: Sendable, Hashable {
  public var function: FunctionPlace
  public var test: String
  /// Of the arguments and the receiver's state, before the call.
  public var input: String
  /// Of the result; `nil` where the call raised.
  public var result: String?
  public var resultType: String?
  /// The type and message shape of what it raised.
  public var raised: String?
  /// Of the arguments and the receiver's state, after the call.
  public var inputAfter: String
  /// What it did to files and processes.
  public var effects: [String]
  /// Whether the digests are the values' own, and not cut or opaque.
  public var isExact: Bool

  public init(
    function: FunctionPlace, test: String, input: String, result: String?, resultType: String?,
    raised: String?, inputAfter: String, effects: [String] = [], isExact: Bool = true
  ) {
    self.function = function
    self.test = test
    self.input = input
    self.result = result
    self.resultType = resultType
    self.raised = raised
    self.inputAfter = inputAfter
    self.effects = effects
    self.isExact = isExact
  }
}

/// What one program did, with its result and the state that it left, in digests.
public struct Observation: Sendable, Hashable {
  public var report: TrialReport
  /// Of the entry's result; `nil` where it gave none.
  public var result: String?
  /// A short text of the result for a reader of the report; it may hold captured values.
  public var shown: String?
  /// Of every variable that the program's setup bound, after the entry.
  public var state: [String: String]
  /// Whether the digests are the values' own, and not cut or opaque.
  public var isExact: Bool

  public init(
    report: TrialReport, result: String? = nil, shown: String? = nil, state: [String: String] = [:],
    isExact: Bool = true
  ) {
    self.report = report
    self.result = result
    self.shown = shown
    self.state = state
    self.isExact = isExact
  }
}

/// One of many runs of one test under other circumstances.
public struct Rerun: Sendable, Hashable {
  /// `fork, seed 3, clock +1 day`.
  public var circumstances: String
  public var isFresh: Bool
  public var result: TestRunReport.Result

  public init(circumstances: String, isFresh: Bool, result: TestRunReport.Result) {
    self.circumstances = circumstances
    self.isFresh = isFresh
    self.result = result
  }
}

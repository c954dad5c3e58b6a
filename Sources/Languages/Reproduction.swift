import Failures

/// A recipe that leads to the failure, and the runs that witnessed the same signature.
public struct Reproduction: Sendable {
  /// How the recipe was found.
  public enum Strategy: String, Sendable, Hashable {
    case requestReplay = "request-replay"
    case callerSource = "caller-source"
    case frameCall = "frame-call"
    case recordedAnswers = "recorded-answers"
  }

  public var event: FailureEvent
  public var signature: FailureSignature
  public var strategy: Strategy
  /// `module:function`, or `GET /path` for a request.
  public var entry: String
  public var program: Program
  public var certificate: Certificate
  /// The functions of the repository between the entry and the failure, entry first.
  public var path: [FunctionDescription]
  /// What had to be assumed: `list of ten items taken as whole`.
  public var assumptions: [String]
  /// Types of exceptions for which the code around the entry is prepared.
  public var expectedExceptions: [Meaning]
  /// The names of all types that the failure's exception inherits from.
  public var lineage: [String]
  /// Trials that were run.
  public var oracleCalls: Int
  /// The share of the values on the path that are exact, 0…1.
  public var sufficiency: Double
  /// What was left out of its data.
  public var minimised = Minimised(before: 0, after: 0)

  public init(
    event: FailureEvent, signature: FailureSignature, strategy: Strategy, entry: String,
    program: Program, certificate: Certificate, path: [FunctionDescription],
    assumptions: [String] = [], expectedExceptions: [Meaning] = [], lineage: [String] = [],
    oracleCalls: Int,
    sufficiency: Double
  ) {
    self.event = event
    self.signature = signature
    self.strategy = strategy
    self.entry = entry
    self.program = program
    self.certificate = certificate
    self.path = path
    self.assumptions = assumptions
    self.expectedExceptions = expectedExceptions
    self.lineage = lineage
    self.oracleCalls = oracleCalls
    self.sufficiency = sufficiency
  }
}

/// How much smaller a reproduction's data became, in canonical bytes.
public struct Minimised: Sendable, Hashable {
  public var before: Int
  public var after: Int
  /// Trials that it took.
  public var calls: Int
  public var seconds: Double

  public init(before: Int, after: Int, calls: Int = 0, seconds: Double = 0) {
    self.before = before
    self.after = after
    self.calls = calls
    self.seconds = seconds
  }
}

/// Why a reproduction has the cause of the event and not only its exception.
public struct Certificate: Sendable, Hashable {
  public enum Counterfactual: Sendable, Hashable {
    /// A nearby input with which the entry does not fail, and the type of what it gives then.
    case passes(changed: String, result: String)
    /// A nearby input that the entry answers with an exception of the repository's own.
    case answers(changed: String, with: String)
    /// No nearby input passes: `alike` of those that were tried fail for the same cause, the others otherwise.
    case everyInputFails(alike: Int, tried: Int)
    /// The entry takes no input that could be changed.
    case noInput
  }

  public var exception: String
  public var messageShape: String
  public var innermost: String?
  /// `path:function` of the repository's frames below the entry, outermost first.
  public var path: [String]
  public var runs: Int
  public var of: Int
  public var counterfactual: Counterfactual

  public init(
    exception: String, messageShape: String, innermost: String?, path: [String], runs: Int,
    of: Int, counterfactual: Counterfactual
  ) {
    self.exception = exception
    self.messageShape = messageShape
    self.innermost = innermost
    self.path = path
    self.runs = runs
    self.of = of
    self.counterfactual = counterfactual
  }
}

extension Certificate {
  /// Whether an exception has the certified type, message, innermost function and path; frames of the `test` itself do
  /// not count.
  public func isMet(by raised: RaisedException, in test: String) -> Bool {
    guard raised.type == exception else { return false }
    let seen = raised.frames.filter { $0.repositoryPath != test }.compactMap { frame in
      frame.repositoryPath.map { "\($0):\(frame.function)" }
    }
    // Which call is one too many depends on the depth before it.
    if exception == "RecursionError" { return innermost.map(seen.contains) ?? true }
    guard FailureSignature.shape(of: raised.message) == messageShape else { return false }
    return seen.count >= path.count && Array(seen.suffix(path.count)) == path
  }
}

/// A test that was seen to fail for the failure's signature before any fix.
public struct RegressionTest: Sendable {
  /// The step of the ladder that its expectation stands on.
  public enum Rung: String, Sendable, Hashable {
    case noFailure = "no-failure"
    case property
    case value
  }

  public var reproduction: Reproduction
  public var style: SuiteStyle
  /// Without a known-issue mark.
  public var text: TestText
  /// The file as it ships while no fix is accepted.
  public var marked: TestText
  public var rung: Rung
  /// Why this rung and no higher one, in a sentence.
  public var reason: String

  public init(
    reproduction: Reproduction, style: SuiteStyle, text: TestText, marked: TestText, rung: Rung,
    reason: String
  ) {
    self.reproduction = reproduction
    self.style = style
    self.text = text
    self.marked = marked
    self.rung = rung
    self.reason = reason
  }
}

import Failures
import Foundation

/// A short straight-line program that leads to a failure: what is certified is what the test will say.
public struct Program: Sendable, Hashable {
  /// What leads up to the failing step: values, receivers, earlier calls.
  public var setup: [Statement]
  /// The step that fails.
  public var entry: Expression
  public var conditions: Conditions
  /// Fixtures of the repository's own suite that the program uses, by name.
  public var fixtures: [String]

  public init(
    setup: [Statement] = [], entry: Expression, conditions: Conditions = Conditions(),
    fixtures: [String] = []
  ) {
    self.setup = setup
    self.entry = entry
    self.conditions = conditions
    self.fixtures = fixtures
  }
}

/// What surrounds a program: only what it needs is set.
public struct Conditions: Sendable, Hashable {
  public var environment: [String: String]
  /// The moment at which the clock stands still.
  public var instant: Date?
  /// Functions that answer with a recorded value while the program runs.
  public var answers: [RecordedAnswer]

  public init(
    environment: [String: String] = [:], instant: Date? = nil, answers: [RecordedAnswer] = []
  ) {
    self.environment = environment
    self.instant = instant
    self.answers = answers
  }
}

/// A function of the repository, and what it answered in production.
public struct RecordedAnswer: Sendable, Hashable {
  public var symbol: Symbol
  public var answer: Expression

  public init(symbol: Symbol, answer: Expression) {
    self.symbol = symbol
    self.answer = answer
  }
}

/// What happened when a program ran once.
public struct TrialReport: Sendable, Hashable {
  public enum Outcome: Sendable, Hashable {
    /// The type of the result, in the target's spelling.
    case returned(type: String)
    /// The exception, then what caused it or was being handled.
    case raised([RaisedException])
    case timedOut
    /// Ended by a signal, a limit or an early exit.
    case ended(String)
    /// The program could not be set up: not a word about the failure.
    case unusable(String)
  }

  public var outcome: Outcome
  public var seconds: Double
  /// The operands of the failing line and of the lines that led to it, as they stood.
  public var crashState: [OperandState]
  /// What was read of the collections that noted it, the latest last: a collection's number, and the positions inside it.
  public var reads: [[Int]]
  /// Files that it changed and programs that it started outside a folder of its own.
  public var effects: [String]

  public init(
    outcome: Outcome, seconds: Double = 0, crashState: [OperandState] = [], effects: [String] = [],
    reads: [[Int]] = []
  ) {
    self.effects = effects
    self.reads = reads
    self.outcome = outcome
    self.seconds = seconds
    self.crashState = crashState
  }

  /// The exception that ended the program.
  public var exception: RaisedException? {
    if case .raised(let exceptions) = outcome { exceptions.first } else { nil }
  }
}

/// One exception that a trial met.
public struct RaisedException: Sendable, Hashable {
  public var type: String
  public var module: String
  /// The names of the type and all that it inherits from.
  public var lineage: [String]
  public var message: String
  public var frames: [RunFrame]
  /// The variable of the process's environment that was looked up and not found.
  public var missingVariable: String?

  public init(
    type: String, module: String, lineage: [String], message: String, frames: [RunFrame],
    missingVariable: String? = nil
  ) {
    self.type = type
    self.module = module
    self.lineage = lineage
    self.message = message
    self.frames = frames
    self.missingVariable = missingVariable
  }
}

/// One call on the stack of a trial.
public struct RunFrame: Sendable, Hashable {
  /// Relative to the repository's root, or `nil` for code outside it.
  public var repositoryPath: String?
  public var function: String
  public var line: Int

  public init(repositoryPath: String?, function: String, line: Int) {
    self.repositoryPath = repositoryPath
    self.function = function
    self.line = line
  }
}

/// A sub-expression of the failing line, and what it was when it failed.
public struct OperandState: Sendable, Hashable {
  public enum Condition: String, Sendable, Hashable {
    case null, empty, zero, missing, value
  }

  public var source: String
  public var condition: Condition
  public var type: String
  /// How many calls of the repository lie between its line and the failure: 0 for the failing line itself.
  public var depth: Int

  public init(source: String, condition: Condition, type: String, depth: Int = 0) {
    self.source = source
    self.condition = condition
    self.type = type
    self.depth = depth
  }
}

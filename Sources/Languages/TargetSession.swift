import Failures
import Foundation

/// One repository at one revision, opened in its own language: the only way in which a stage sees or runs it.
///
/// What a session returns was observed; what to make of it is decided by the stages. All calls block; each throws
/// when the machine failed, never when the target did: what the target does is in the report.
public struct TargetSession: Sendable {
  /// The functions that stand at these positions, in the same order; `nil` where there is none.
  public var locate: @Sendable ([SourcePosition]) throws -> [FunctionDescription?]
  /// The statements of a few lines from the middle of a file, as many around the `focus` (counted from 0) as parse.
  /// Lines are counted from 1.
  public var parse: @Sendable (_ lines: [String], _ focus: Int) throws -> [Statement]
  /// What these names mean for importing code; names that mean nothing, or something that an event may not name
  /// (code that is neither the repository's nor harmless), are left out. `nearby` are modules in which to look first.
  public var resolve: @Sendable (_ names: [String], _ nearby: [String]) throws -> [String: Meaning]
  /// A type by the name that a sender gave, with or without module.
  public var findType: @Sendable (_ name: String) throws -> TypeDescription?
  /// Places outside the tests where the repository's own code handles one of these types of exceptions.
  public var handlers: @Sendable (_ types: [String]) throws -> [SourceMatch]
  /// What the language's community knows of an exception's type and message.
  public var nature: @Sendable (ExceptionRecord) -> ExceptionNature
  /// Runs a program once in a fresh fork.
  public var run: @Sendable (Program) throws -> TrialReport
  /// A collection that notes what a run reads of it, under a number: ``TrialReport/reads``.
  public var noting: @Sendable (Int, _ collection: Expression) -> Expression
  /// The same, so many days later by every clock that the target asks.
  public var runLater: @Sendable (Program, _ days: Int) throws -> TrialReport
  /// Runs a test file once, in a fresh process of the target's own framework. Without `honouringMarks` a known issue's test
  /// fails as any other.
  public var runTest: @Sendable (TestText, _ honouringMarks: Bool) throws -> TestRunReport
  /// A program as text that runs by itself.
  public var source: @Sendable (Program) throws -> String
  /// A test as text.
  public var print: @Sendable (TestPlan) throws -> TestText
  /// How the suite is written.
  public var style: @Sendable () throws -> SuiteStyle
  /// The steps that send a request to the repository's application, outcomes first; `nil` where it has none.
  public var requestProgram: @Sendable (RequestRecord) throws -> [Program]
  /// The request that a captured value's notation shows, where it shows one.
  public var shownRequest: @Sendable (CapturedValue) -> RequestRecord?
  /// The framework's own object for a request, built without a server.
  public var requestObject: @Sendable (RequestRecord) throws -> Expression?
  /// What a test needs to have a variable of the environment or a folder of its own; `nil` where the suite's framework
  /// has no short way.
  public var surroundings: @Sendable () throws -> Surroundings?
  /// A test double that accepts any use; its methods of these names give these answers.
  public var double: @Sendable (_ answers: [String: Expression]) -> Expression
  /// What was read in production, read again, a part for each thing that was read; nothing where the framework has no short way.
  public var replay: @Sendable ([RecordedWork]) throws -> [Replay]
  /// The repository's application made current, for code that runs inside a request only; `nil` where there is none.
  public var application: @Sendable () throws -> Replay?
  /// A clock that stands at a moment for these modules, a part for each way in which they may ask for it.
  public var clock: @Sendable (Date, _ modules: [String]) throws -> [Replay]
  /// An object of a type, made without its initializer.
  public var blank: @Sendable (Symbol) -> Expression
  /// Files of the tree whose text holds this string, with the line; at most twenty.
  public var search: @Sendable (_ text: String) throws -> [SourceMatch]
  /// What the repository's lists of dependencies ask for to get this module, the likeliest first.
  public var dependencies: @Sendable (_ module: String) throws -> [DeclaredDependency]

  public init(
    locate: @escaping @Sendable ([SourcePosition]) throws -> [FunctionDescription?],
    parse: @escaping @Sendable ([String], Int) throws -> [Statement],
    resolve: @escaping @Sendable ([String], [String]) throws -> [String: Meaning],
    findType: @escaping @Sendable (String) throws -> TypeDescription?,
    handlers: @escaping @Sendable ([String]) throws -> [SourceMatch],
    nature: @escaping @Sendable (ExceptionRecord) -> ExceptionNature,
    run: @escaping @Sendable (Program) throws -> TrialReport,
    runLater: (@Sendable (Program, Int) throws -> TrialReport)? = nil,
    noting: @escaping @Sendable (Int, Expression) -> Expression = { $1 },
    runTest: @escaping @Sendable (TestText, Bool) throws -> TestRunReport,
    source: @escaping @Sendable (Program) throws -> String,
    print: @escaping @Sendable (TestPlan) throws -> TestText,
    style: @escaping @Sendable () throws -> SuiteStyle,
    requestProgram: @escaping @Sendable (RequestRecord) throws -> [Program],
    shownRequest: @escaping @Sendable (CapturedValue) -> RequestRecord?,
    requestObject: @escaping @Sendable (RequestRecord) throws -> Expression?,
    surroundings: @escaping @Sendable () throws -> Surroundings? = { nil },
    double: @escaping @Sendable ([String: Expression]) -> Expression,
    replay: @escaping @Sendable ([RecordedWork]) throws -> [Replay] = { _ in [] },
    application: @escaping @Sendable () throws -> Replay? = { nil },
    clock: @escaping @Sendable (Date, [String]) throws -> [Replay] = { _, _ in [] },
    blank: @escaping @Sendable (Symbol) -> Expression = { .call(.symbol($0), []) },
    search: @escaping @Sendable (String) throws -> [SourceMatch],
    dependencies: @escaping @Sendable (String) throws -> [DeclaredDependency] = { _ in [] }
  ) {
    self.locate = locate
    self.parse = parse
    self.resolve = resolve
    self.findType = findType
    self.handlers = handlers
    self.nature = nature
    self.run = run
    self.noting = noting
    self.runLater = runLater ?? { program, _ in try run(program) }
    self.runTest = runTest
    self.source = source
    self.print = print
    self.style = style
    self.requestProgram = requestProgram
    self.shownRequest = shownRequest
    self.requestObject = requestObject
    self.surroundings = surroundings
    self.double = double
    self.replay = replay
    self.application = application
    self.clock = clock
    self.blank = blank
    self.search = search
    self.dependencies = dependencies
  }
}

/// A package that the repository asks for, and the line that does.
public struct DeclaredDependency: Sendable, Hashable {
  public var package: String
  /// The one version that is asked for, where the line pins it.
  public var exactVersion: String?
  public var place: SourceMatch

  public init(package: String, exactVersion: String? = nil, place: SourceMatch) {
    self.package = package
    self.exactVersion = exactVersion
    self.place = place
  }
}

/// A line of the tree that holds a text that was looked for.
public struct SourceMatch: Sendable, Hashable {
  public var path: String
  public var line: Int
  public var text: String

  public init(path: String, line: Int, text: String) {
    self.path = path
    self.line = line
    self.text = text
  }
}

/// What a name means, and what kind of thing it is.
public struct Meaning: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable { case module, type, callable, value }

  public var symbol: Symbol
  public var kind: Kind
  /// Whether the repository defines it.
  public var isOfRepository: Bool
  /// For types: the names of all that it inherits from, itself first.
  public var lineage: [String]
  /// Whether it is a type of exceptions that is not the root of most others.
  public var isNarrowException: Bool

  public init(
    symbol: Symbol, kind: Kind, isOfRepository: Bool, lineage: [String] = [],
    isNarrowException: Bool = false
  ) {
    self.symbol = symbol
    self.kind = kind
    self.isOfRepository = isOfRepository
    self.lineage = lineage
    self.isNarrowException = isNarrowException
  }
}

/// What an exception is about, as far as its type and message tell: a hint that triage weighs, never a verdict.
public enum ExceptionNature: String, Sendable, Hashable {
  /// A name that could not be resolved, a connection that was refused, reset or timed out.
  case network
  /// A database, broker or service that did not answer, or was busy.
  case dependency
  /// A table or column that the code expects and the database has not.
  case schema
  case memory, storage, descriptors
  /// The peer that was being answered is gone.
  case clientGone
  case cancelled
  /// A module, or a program, that is not installed.
  case missingModule, missingProgram
  /// A file that is not there, or may not be read.
  case missingFile
  case permission
  /// Raised to say that something is not implemented.
  case notImplemented
  /// Too deep a recursion.
  case depth
  /// A setting or credential that is missing or refused.
  case configuration
  /// Bad input, in the words that a framework has for it.
  case rejectedInput
  /// Input that a decoder gave up on for its size or depth.
  case excessiveInput
  /// A command line that its own parser refused.
  case usage
  /// A text that is not of the notation that it was read as.
  case conversion
  /// A key or a position that a collection has not.
  case missingKey, missingPosition
  /// The missing value was used as if it were there.
  case nothing
  /// Two moments, of which one has a time zone.
  case mixedZones
  /// A call or a name that the other side does not know.
  case signature
  /// A general type that code raises to refuse something.
  case refusal
  case other
}

/// A framework's notation for what surrounds a test.
public struct Surroundings: Sendable {
  /// The fixture that is a fresh folder.
  public var folder: String
  /// The fixture that ``setVariable`` uses.
  public var changer: String
  public var setVariable: @Sendable (_ name: String, _ value: Expression) -> Statement
  public var setAttribute: @Sendable (Symbol, _ value: Expression) -> Statement
  /// The folder's path as text.
  public var folderText: Expression
  /// A file of this name in the folder.
  public var file: @Sendable (_ name: String) -> Expression

  public init(
    folder: String, changer: String,
    setVariable: @escaping @Sendable (String, Expression) -> Statement,
    setAttribute: @escaping @Sendable (Symbol, Expression) -> Statement, folderText: Expression,
    file: @escaping @Sendable (String) -> Expression
  ) {
    self.folder = folder
    self.changer = changer
    self.setVariable = setVariable
    self.setAttribute = setAttribute
    self.folderText = folderText
    self.file = file
  }
}

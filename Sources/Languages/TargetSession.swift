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
  /// What these names mean for importing code; names that mean nothing are left out.
  /// `nearby` are modules in which to look first.
  public var resolve: @Sendable (_ names: [String], _ nearby: [String]) throws -> [String: Symbol]
  /// Types of the repository by the name that a sender gave, with or without module.
  public var findType: @Sendable (_ name: String) throws -> TypeDescription?
  /// Runs a program once in a fresh fork.
  public var run: @Sendable (Program) throws -> TrialReport
  /// Runs a test file once, in a fresh process of the target's own framework.
  public var runTest: @Sendable (TestText) throws -> TestRunReport
  /// A test as text.
  public var print: @Sendable (TestPlan) throws -> TestText
  /// How the suite is written.
  public var style: @Sendable () throws -> SuiteStyle
  /// The steps that send a request to the repository's application, outcomes first; `nil` where it has none.
  public var requestProgram: @Sendable (RequestRecord) throws -> [Program]
  /// Files of the tree whose text holds this string, with the line; at most twenty.
  public var search: @Sendable (_ text: String) throws -> [SourceMatch]

  public init(
    locate: @escaping @Sendable ([SourcePosition]) throws -> [FunctionDescription?],
    parse: @escaping @Sendable ([String], Int) throws -> [Statement],
    resolve: @escaping @Sendable ([String], [String]) throws -> [String: Symbol],
    findType: @escaping @Sendable (String) throws -> TypeDescription?,
    run: @escaping @Sendable (Program) throws -> TrialReport,
    runTest: @escaping @Sendable (TestText) throws -> TestRunReport,
    print: @escaping @Sendable (TestPlan) throws -> TestText,
    style: @escaping @Sendable () throws -> SuiteStyle,
    requestProgram: @escaping @Sendable (RequestRecord) throws -> [Program],
    search: @escaping @Sendable (String) throws -> [SourceMatch]
  ) {
    self.locate = locate
    self.parse = parse
    self.resolve = resolve
    self.findType = findType
    self.run = run
    self.runTest = runTest
    self.print = print
    self.style = style
    self.requestProgram = requestProgram
    self.search = search
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

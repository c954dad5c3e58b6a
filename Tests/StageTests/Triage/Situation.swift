import Failures
import Languages

@testable import Reproducing

/// A failure with all that a session would say of it, as plain values.
struct Situation {
  var exception = ExceptionRecord(type: "Failure", message: "")
  var causes: [ExceptionRecord] = []
  var nature = ExceptionNature.other
  /// Natures of types other than the exception's own.
  var natures: [String: ExceptionNature] = [:]
  var frames: [Frame] = []
  var functions: [FunctionDescription] = []
  /// What the repository's files hold.
  var texts: [SourceMatch] = []
  var handlers: [SourceMatch] = []
  var dependencies: [DeclaredDependency] = []
  var ownTypes: Set<String> = []
  /// What lines outside the repository mean.
  var parsed: [Statement] = []
  var request: RequestRecord?
  var transaction: String? = "work"
  var packages: [String: String] = [:]
  var arguments: [String] = []

  var event: FailureEvent {
    var last = exception
    last.frames = frames
    return FailureEvent(
      identifier: "e", platform: "python", exceptions: causes + [last], request: request,
      packages: packages, arguments: arguments, transaction: transaction)
  }

  func verdict() throws -> Stop? {
    let session = self.session
    guard let evidence = try Evidence(of: event, in: session) else { return nil }
    return try Triage(evidence: evidence, session: session).verdict()
  }

  var session: TargetSession {
    TargetSession(
      locate: { positions in
        positions.map { position in
          functions.first { function in
            function.path == position.path
              && (function.definition.name == position.function
                || (position.function.hasPrefix("<") && function.lines.contains(position.line)))
          }
        }
      },
      parse: { lines, _ in lines.isEmpty ? [] : parsed }, resolve: { _, _ in [:] },
      findType: { name in
        ownTypes.contains(name)
          ? TypeDescription(symbol: Symbol(module: "shop", path: [name]), isException: true) : nil
      },
      handlers: { _ in handlers },
      nature: { record in record.type == exception.type ? nature : natures[record.type] ?? .other },
      run: { _ in throw Unused() }, runTest: { _, _ in throw Unused() },
      source: { _ in throw Unused() }, print: { _ in throw Unused() },
      style: { throw Unused() }, requestProgram: { _ in [] }, shownRequest: { _ in nil },
      requestObject: { _ in nil }, double: { _ in .value(.null) },
      search: { text in texts.filter { $0.text.contains(text) } },
      dependencies: { _ in dependencies })
  }

  private struct Unused: Error {}
}

extension Frame {
  static func own(
    _ function: String, line: Int, path: String = "shop/core.py", source: String? = nil
  ) -> Frame {
    Frame(
      file: path, function: function, line: line, sourceLine: source, origin: .repository(path))
  }

  static func package(
    _ name: String, _ function: String, line: Int = 3, source: String? = nil,
    before: [String] = [], variables: [NamedValue] = []
  ) -> Frame {
    Frame(
      file: "\(name)/book.py", function: function, line: line, linesBefore: before,
      sourceLine: source,
      variables: variables, origin: .package(name))
  }
}

extension FunctionDescription {
  static func own(
    _ name: String, taking parameters: [String] = [], lines: ClosedRange<Int> = 1...99,
    role: Role = .function, path: String = "shop/core.py", decorators: [Languages.Expression] = [],
    _ body: [Statement]
  ) -> FunctionDescription {
    FunctionDescription(
      symbol: Symbol(module: "shop.core", path: [name]), role: role,
      definition: FunctionDefinition(
        name: name, parameters: parameters.map { Parameter(name: $0) }, decorators: decorators,
        body: body), isLazy: false, path: path, lines: lines)
  }
}

extension Statement {
  static func at(_ line: Int, _ kind: Kind) -> Statement { Statement(kind, lines: line...line) }

  static func block(_ first: Int, _ last: Int, _ kind: Kind) -> Statement {
    Statement(kind, lines: first...last)
  }
}

extension Languages.Expression {
  static func string(_ text: String) -> Languages.Expression { .value(CapturedValue.string(text)) }

  static func calling(_ name: String, _ arguments: Languages.Expression...) -> Languages.Expression
  {
    .call(.dotted(name), arguments.map { Argument(.positional, $0) })
  }

  static func dotted(_ name: String) -> Languages.Expression {
    let parts = name.split(separator: ".").map(String.init)
    return parts.dropFirst().reduce(.name(parts[0])) { .attribute($0, $1) }
  }
}

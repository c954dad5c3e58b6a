import Languages

/// What a handler does with what it catches.
struct HandlerShape: Sendable {
  enum Answer: Sendable, Hashable {
    /// It raises, the same or another.
    case raises
    /// Nothing, or a line in a log.
    case quiet
    /// It goes on with the next item, or leaves the loop.
    case drops
    case gives
    /// It does something else, a value for a variable for example.
    case acts
  }

  let types: [String]
  let answer: Answer
  /// The shapes of its statements.
  let body: [Int]
  /// Whether what was caught goes into the answer, and not only into a log.
  let isTold: Bool

  init(_ handler: Int, in syntax: Syntax, _ conventions: Conventions) {
    types = syntax.children(handler, .types).flatMap { Self.names($0, in: syntax) }
    let statements = syntax.children(handler, .body)
    body = statements.map { syntax.places[$0].shape }
    answer = Self.answer(statements, in: syntax, conventions)
    isTold = statements.contains { Self.tells($0, handler, in: syntax, conventions) }
  }

  private static func tells(
    _ statement: Int, _ handler: Int, in syntax: Syntax, _ conventions: Conventions
  ) -> Bool {
    let name = syntax.node(handler).label
    guard !name.isEmpty, !isQuiet(statement, in: syntax, conventions) else { return false }
    return syntax.inside(statement).contains {
      syntax.node($0).kind == .name && syntax.node($0).label == name
    }
  }

  static func names(_ type: Int, in syntax: Syntax) -> [String] {
    let parts = syntax.children(type)
    if syntax.node(type).kind == .tuple { return parts.flatMap { names($0, in: syntax) } }
    return [syntax.text(type).filter { !$0.isWhitespace }.lastName]
  }

  private static func answer(
    _ statements: [Int], in syntax: Syntax, _ conventions: Conventions
  ) -> Answer {
    var answers: Set<Answer> = []
    for statement in statements {
      switch syntax.node(statement).kind {
      case .fail: return .raises
      case .pass: answers.insert(.quiet)
      case .proceed, .leave: answers.insert(.drops)
      case .give:
        answers.insert(.gives)
      case .evaluate where isQuiet(statement, in: syntax, conventions): answers.insert(.quiet)
      default: answers.insert(.acts)
      }
    }
    for answer in [Answer.gives, .acts, .drops] where answers.contains(answer) { return answer }
    return .quiet
  }

  private static func isQuiet(
    _ statement: Int, in syntax: Syntax, _ conventions: Conventions
  ) -> Bool {
    guard let value = syntax.children(statement).first else { return true }
    guard syntax.node(value).kind == .call else { return syntax.node(value).kind == .literal }
    if case .logging = conventions.meaning(syntax.callee(value)) { return true }
    return false
  }
}

/// A statement of a target's source with the lines that it stands on.
public struct Statement: Hashable, Sendable {
  public indirect enum Kind: Hashable, Sendable {
    case bind(Expression, Expression)
    /// `target op= value`.
    case update(Expression, String, Expression)
    case evaluate(Expression)
    case give(Expression?)
    /// An exception that is raised on purpose, and the one that it is raised from.
    case fail(Expression?)
    case check(Expression, message: Expression?)
    case branch(test: Expression, then: [Statement], otherwise: [Statement])
    case forEach(target: Expression, iterable: Expression, body: [Statement])
    case loop(test: Expression, body: [Statement])
    case with([ContextItem], body: [Statement])
    case attempt(
      body: [Statement], handlers: [ExceptionHandler], otherwise: [Statement], finally: [Statement])
    case define(FunctionDefinition)
    case importing([Import])
    case pass
    case unsupported(String)
  }

  public var kind: Kind
  /// First and last line, counted from 1 in the text that was parsed; 0...0 for what no text holds.
  public var lines: ClosedRange<Int>

  public init(_ kind: Kind, lines: ClosedRange<Int> = 0...0) {
    self.kind = kind
    self.lines = lines
  }
}

/// A resource that is entered and left, and the name it has inside.
public struct ContextItem: Hashable, Sendable {
  public var resource: Expression
  public var target: Expression?

  public init(resource: Expression, target: Expression? = nil) {
    self.resource = resource
    self.target = target
  }
}

/// What is done with some types of exceptions; no types means all of them.
public struct ExceptionHandler: Hashable, Sendable {
  public var types: [Expression]
  public var name: String?
  public var body: [Statement]

  public init(types: [Expression], name: String? = nil, body: [Statement]) {
    self.types = types
    self.name = name
    self.body = body
  }
}

/// A name that an import statement binds: `from module import member as name`, or `import module as name`.
public struct Import: Hashable, Sendable {
  public var module: String
  public var member: String?
  public var name: String

  public init(module: String, member: String? = nil, name: String) {
    self.module = module
    self.member = member
    self.name = name
  }
}

/// A function with its parameters and body.
public struct FunctionDefinition: Hashable, Sendable {
  public var name: String
  public var parameters: [Parameter]
  public var isAsynchronous: Bool
  public var decorators: [Expression]
  public var returns: Expression?
  public var body: [Statement]

  public init(
    name: String, parameters: [Parameter], isAsynchronous: Bool = false,
    decorators: [Expression] = [], returns: Expression? = nil, body: [Statement]
  ) {
    self.name = name
    self.parameters = parameters
    self.isAsynchronous = isAsynchronous
    self.decorators = decorators
    self.returns = returns
    self.body = body
  }
}

/// One parameter of a function.
public struct Parameter: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    case positionalOnly, positional, named
    /// Takes the positional arguments that are left.
    case rest
    /// Takes the named arguments that are left.
    case namedRest
  }

  public var name: String
  public var kind: Kind
  public var annotation: Expression?
  public var standard: Expression?

  public init(
    name: String, kind: Kind = .positional, annotation: Expression? = nil,
    standard: Expression? = nil
  ) {
    self.name = name
    self.kind = kind
    self.annotation = annotation
    self.standard = standard
  }

  /// Whether a call must give it.
  public var isRequired: Bool { standard == nil && kind != .rest && kind != .namedRest }
}

extension Statement {
  /// The statements directly inside this one, whatever branch they stand in.
  public var nested: [Statement] {
    switch kind {
    case .branch(_, let then, let otherwise): then + otherwise
    case .forEach(_, _, let body), .loop(_, let body), .with(_, let body): body
    case .attempt(let body, let handlers, let otherwise, let finally):
      body + handlers.flatMap(\.body) + otherwise + finally
    case .define(let function): function.body
    default: []
    }
  }

  /// The expressions that this statement itself holds, without those of nested statements.
  public var expressions: [Expression] {
    switch kind {
    case .bind(let target, let value), .update(let target, _, let value): [target, value]
    case .evaluate(let expression): [expression]
    case .give(let expression), .fail(let expression): expression.map { [$0] } ?? []
    case .check(let test, let message): [test] + (message.map { [$0] } ?? [])
    case .branch(let test, _, _), .loop(let test, _): [test]
    case .forEach(let target, let iterable, _): [target, iterable]
    case .with(let items, _): items.flatMap { [$0.resource, $0.target].compactMap(\.self) }
    default: []
    }
  }

  /// This statement and all inside it, outermost first.
  public var flattened: [Statement] { [self] + nested.flatMap(\.flattened) }
}

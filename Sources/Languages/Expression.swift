import Failures

/// An expression of a target's source, reduced to what can be taken over from evidence: values, names, attributes,
/// subscripts, calls and operators. What is not in this list is ``unsupported`` and is never printed.
public indirect enum Expression: Hashable, Sendable {
  case value(CapturedValue)
  /// A name as it stands in the source: a variable, or something still to be resolved.
  case name(String)
  case symbol(Symbol)
  case attribute(Expression, String)
  case item(Expression, Expression)
  case slice(from: Expression?, to: Expression?, by: Expression?)
  case call(Expression, [Argument])
  case list([Expression])
  case tuple([Expression])
  case set([Expression])
  case map([ExpressionPair])
  /// `not`, `-`, `+`, `~`, in the target's own spelling.
  case unary(String, Expression)
  case binary(Expression, String, Expression)
  /// `a < b < c` as the first operand and the pairs of operator and operand that follow.
  case comparison(Expression, [ComparisonPart])
  /// `and`, `or`.
  case boolean(String, [Expression])
  case conditional(test: Expression, then: Expression, otherwise: Expression)
  case closure(parameters: [String], body: Expression)
  case comprehension(Comprehension)
  /// An asynchronous expression, inside an asynchronous function.
  case awaited(Expression)
  /// An asynchronous call that is run to its end from synchronous code.
  case completed(Expression)
  /// A lazy sequence that is read to its end.
  case drained(Expression)
  /// The kind of what stood there, for the `Stop` that names it.
  case unsupported(String)
}

/// Something that can be imported: a module, and a path of attributes in it.
public struct Symbol: Hashable, Sendable {
  public var module: String
  public var path: [String]

  public init(module: String, path: [String] = []) {
    self.module = module
    self.path = path
  }

  /// `module:outer.inner`, the notation of entries in reports.
  public var entry: String { module + ":" + path.joined(separator: ".") }
}

/// One argument of a call.
public struct Argument: Hashable, Sendable {
  public enum Label: Hashable, Sendable {
    case positional
    case named(String)
    /// A sequence that is spread over positions.
    case spread
    /// A map that is spread over names.
    case namedSpread
  }

  public var label: Label
  public var value: Expression

  public init(_ label: Label = .positional, _ value: Expression) {
    self.label = label
    self.value = value
  }
}

/// A key and a value of a map's notation; no key where a map is spread into it.
public struct ExpressionPair: Hashable, Sendable {
  public var key: Expression?
  public var value: Expression

  public init(key: Expression?, value: Expression) {
    self.key = key
    self.value = value
  }
}

/// An operator and its right operand in a chain of comparisons.
public struct ComparisonPart: Hashable, Sendable {
  public var operation: String
  public var operand: Expression

  public init(_ operation: String, _ operand: Expression) {
    self.operation = operation
    self.operand = operand
  }
}

/// A collection that is built from others by loops and conditions.
public struct Comprehension: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable { case list, set, map, lazy }

  public struct Clause: Hashable, Sendable {
    public var target: Expression
    public var iterable: Expression
    public var conditions: [Expression]

    public init(target: Expression, iterable: Expression, conditions: [Expression] = []) {
      self.target = target
      self.iterable = iterable
      self.conditions = conditions
    }
  }

  public var kind: Kind
  /// The key, for maps.
  public var key: Expression?
  public var element: Expression
  public var clauses: [Clause]

  public init(kind: Kind, key: Expression? = nil, element: Expression, clauses: [Clause]) {
    self.kind = kind
    self.key = key
    self.element = element
    self.clauses = clauses
  }
}

extension Expression {
  /// The expressions directly inside this one.
  public var children: [Expression] {
    switch self {
    case .value, .name, .symbol, .unsupported: []
    case .attribute(let base, _): [base]
    case .item(let base, let index): [base, index]
    case .slice(let from, let to, let by): [from, to, by].compactMap(\.self)
    case .call(let callee, let arguments): [callee] + arguments.map(\.value)
    case .list(let items), .tuple(let items), .set(let items), .boolean(_, let items): items
    case .map(let pairs): pairs.flatMap { [$0.key, $0.value].compactMap(\.self) }
    case .unary(_, let operand): [operand]
    case .binary(let left, _, let right): [left, right]
    case .comparison(let first, let parts): [first] + parts.map(\.operand)
    case .conditional(let test, let then, let otherwise): [test, then, otherwise]
    case .closure(_, let body): [body]
    case .comprehension(let comprehension):
      [comprehension.key, comprehension.element].compactMap(\.self)
        + comprehension.clauses.flatMap { [$0.target, $0.iterable] + $0.conditions }
    case .awaited(let inner), .completed(let inner), .drained(let inner): [inner]
    }
  }

  /// The same expression with every direct child replaced by what `transform` makes of it.
  public func mapChildren(_ transform: (Expression) throws -> Expression) rethrows -> Expression {
    switch self {
    case .value, .name, .symbol, .unsupported: return self
    case .attribute(let base, let name): return .attribute(try transform(base), name)
    case .item(let base, let index): return .item(try transform(base), try transform(index))
    case .slice(let from, let to, let by):
      return .slice(
        from: try from.map(transform), to: try to.map(transform), by: try by.map(transform))
    case .call(let callee, let arguments):
      return .call(
        try transform(callee), try arguments.map { Argument($0.label, try transform($0.value)) })
    case .list(let items): return .list(try items.map(transform))
    case .tuple(let items): return .tuple(try items.map(transform))
    case .set(let items): return .set(try items.map(transform))
    case .boolean(let operation, let items): return .boolean(operation, try items.map(transform))
    case .map(let pairs):
      return .map(
        try pairs.map {
          ExpressionPair(key: try $0.key.map(transform), value: try transform($0.value))
        })
    case .unary(let operation, let operand): return .unary(operation, try transform(operand))
    case .binary(let left, let operation, let right):
      return .binary(try transform(left), operation, try transform(right))
    case .comparison(let first, let parts):
      return .comparison(
        try transform(first),
        try parts.map { ComparisonPart($0.operation, try transform($0.operand)) })
    case .conditional(let test, let then, let otherwise):
      return .conditional(
        test: try transform(test), then: try transform(then), otherwise: try transform(otherwise))
    case .closure(let parameters, let body):
      return .closure(parameters: parameters, body: try transform(body))
    case .comprehension(var comprehension):
      comprehension.key = try comprehension.key.map(transform)
      comprehension.element = try transform(comprehension.element)
      comprehension.clauses = try comprehension.clauses.map {
        .init(
          target: try transform($0.target), iterable: try transform($0.iterable),
          conditions: try $0.conditions.map(transform))
      }
      return .comprehension(comprehension)
    case .awaited(let inner): return .awaited(try transform(inner))
    case .completed(let inner): return .completed(try transform(inner))
    case .drained(let inner): return .drained(try transform(inner))
    }
  }

  /// The first thing inside that cannot be printed.
  public var firstUnsupported: String? {
    if case .unsupported(let kind) = self { return kind }
    return children.lazy.compactMap(\.firstUnsupported).first
  }

  /// Every name inside, those bound by closures and comprehensions left out.
  public var freeNames: Set<String> {
    switch self {
    case .name(let name): [name]
    case .closure(let parameters, let body): body.freeNames.subtracting(parameters)
    case .comprehension(let comprehension):
      children.reduce(into: Set()) { $0.formUnion($1.freeNames) }
        .subtracting(comprehension.clauses.flatMap(\.target.freeNames))
    default: children.reduce(into: Set()) { $0.formUnion($1.freeNames) }
    }
  }
}

import Failures
import Languages

/// A local variable that holds what a call gave, where that call needed something that cannot be rebuilt.
struct RecordedCall {
  enum Callee {
    /// A function of the same module.
    case function(String)
    /// A chain of attributes and calls that starts at an unknown: `store`, `["execute", "()", "fetchone"]`.
    case chain(root: String, steps: [String])
  }

  var callee: Callee
  var local: String
  var answer: CapturedValue

  /// The calls that gave a captured local its value, in the order of the source.
  static func all(in statements: [Statement], frame: Frame, unknown: Set<String>) -> [RecordedCall]
  {
    statements.compactMap { RecordedCall($0, frame: frame, unknown: unknown) }
  }

  /// Whether it is a function of the module, whose answer can be given in its place.
  var isFunction: Bool {
    if case .function = callee { true } else { false }
  }

  private init?(_ statement: Statement, frame: Frame, unknown: Set<String>) {
    let called: Expression
    switch statement.kind {
    case .bind(.name(let local), let value):
      guard let answer = frame.variable(local), answer.isKnown else { return nil }
      (self.local, self.answer, called) = (local, answer, value)
    case .forEach(.name(let local), let iterable, _):
      // The round in which it failed is the only one that the frame shows.
      guard let item = frame.variable(local), item.isKnown else { return nil }
      (self.local, self.answer, called) = (local, .list([item]), iterable)
    default: return nil
    }
    guard case .call(let callee, let arguments) = called.withoutAwait else { return nil }
    if case .name(let name) = callee,
      frame.isWhole
        || arguments.contains(where: { !$0.value.freeNames.isDisjoint(with: unknown) })
    {
      self.callee = .function(name)
    } else if let chain = Self.chain(callee), unknown.contains(chain.root), chain.steps.count <= 4 {
      self.callee = .chain(root: chain.root, steps: chain.steps)
    } else {
      return nil
    }
  }

  /// The name at the start of a chain, and its steps; `()` is a call.
  private static func chain(_ expression: Expression) -> (root: String, steps: [String])? {
    switch expression {
    case .name(let name): return (name, [])
    case .attribute(let base, let name):
      return chain(base).map { ($0.root, $0.steps + [name]) }
    case .call(let callee, _): return chain(callee).map { ($0.root, $0.steps + ["()"]) }
    default: return nil
    }
  }
}

extension CapturedValue {
  /// Exact, but for a suspicion of having been cut.
  fileprivate var isKnown: Bool {
    if case .truncated(let known, certain: false) = self { return known.isKnown }
    return !isLoss && children.allSatisfy(\.isKnown)
  }
}

extension Expression {
  fileprivate var withoutAwait: Expression {
    if case .awaited(let inner) = self { inner } else { self }
  }
}

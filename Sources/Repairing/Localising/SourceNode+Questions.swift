import Languages

extension SourceNode {
  static let blocks: Set<Role> = [.body, .otherwise, .handlers, .finally]

  /// Whether it is a statement of its own.
  var isStatement: Bool {
    switch kind {
    case .bind, .update, .evaluate, .give, .fail, .check, .branch, .forEach, .loop, .with, .attempt,
      .leave, .proceed, .pass, .remove, .outer, .function, .type, .importing:
      true
    default: false
    }
  }

  /// Its own parts: the test of a branch, not the statements inside.
  var header: [SourceNode] { children.filter { !Self.blocks.contains($0.role) } }

  /// This node and the expressions in it, without those of statements inside and of functions.
  var ownExpressions: [SourceNode] { header.flatMap(\.flattened) }

  /// This node and all inside that runs with it: the insides of functions and types in it are left out.
  var running: [SourceNode] {
    [self]
      + children.flatMap { child in
        child.kind == .function || child.kind == .type || child.kind == .closure
          ? [] : child.running
      }
  }

  /// The statements that a function's or a type's body holds, at any depth, without those of functions inside.
  var statements: [SourceNode] {
    children(.body).flatMap(\.running).filter { $0.isStatement || $0.kind == .handler }
  }

  /// Whether it leaves the block that it ends: a refusal, a result, a jump.
  var isExit: Bool {
    kind == .fail || kind == .give || kind == .leave || kind == .proceed
  }

  /// Whether it can have an effect that others see: a call, a change of something, a jump out with one of these.
  var mayHaveEffect: Bool {
    running.contains { node in
      switch node.kind {
      case .call, .update, .remove, .awaited, .yielded, .with: true
      case .bind:
        node.children(.target).flatMap(\.running).contains { $0.kind != .name && $0.kind != .tuple }
      default: false
      }
    }
  }

  /// Names that it uses, each once.
  var names: Set<String> {
    Set(flattened.filter { $0.kind == .name }.map(\.label))
  }

  var isNull: Bool { kind == .literal && label == "null" }
}

import Failures
import Languages

/// A statement on the way to the failure, with what its operands were.
struct CrashSite: Sendable {
  let source: Source
  let line: Int
  /// How many calls of the repository lie between it and the failure: 0 for the innermost.
  let depth: Int
  /// From the whole file down to the statement's parent.
  let around: [SourceNode]
  /// The innermost statement on the line.
  let statement: SourceNode
  /// What could be read of the line's operands when it failed.
  let states: [OperandState]
  let raised: RaisedException
  let nature: ExceptionNature

  var function: SourceNode? { around.last { $0.kind == .function } }

  /// The type whose member the function is.
  var type: SourceNode? {
    guard let at = around.lastIndex(where: { $0.kind == .function }) else { return nil }
    return around[..<at].last { $0.kind == .type }
  }

  /// The statements that stand with this one, in order.
  var siblings: [SourceNode] {
    around.last?.children.filter { $0.role == statement.role } ?? []
  }

  func text(_ node: SourceNode) -> String { source.text(node) }
  func spelled(_ node: SourceNode) -> String { source.spelled(node) }

  /// What an expression of the statement was, as far as it could be read without running anything.
  func state(_ node: SourceNode) -> OperandState? {
    let spelled = spelled(node)
    return states.first { Source.spelled($0.source) == spelled }
  }

  /// The nodes around an expression of the statement, the statement first and its parent last.
  func path(to node: SourceNode) -> [SourceNode] {
    Array(source.around(node).drop { $0 != statement })
  }

  /// Names, attributes and items of the statement that stand on the line that failed.
  var operands: [SourceNode] {
    statement.ownExpressions.filter { node in
      [.name, .attribute, .item].contains(node.kind) && node.role != .target
        && (statement.span.lines.count == 1 || node.span.lines.contains(line)
          || states.contains {
            Source.spelled($0.source) == spelled(node)
          })
    }
  }

  /// Operands that were in this condition; where none is known to be, those of which nothing is known.
  func suspects(
    _ condition: OperandState.Condition, _ kinds: Set<SourceNode.Kind>
  ) -> [SourceNode] {
    let operands = operands.filter { kinds.contains($0.kind) }
    let certain = operands.filter { state($0)?.condition == condition }
    if !certain.isEmpty { return certain }
    return operands.filter { state($0).map { $0.type == "unknown" } ?? true }
  }
}

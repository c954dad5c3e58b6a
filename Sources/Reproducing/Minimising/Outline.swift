import Failures
import Languages

/// The data of a program as a tree of numbered nodes, and the program with some of them left out or replaced.
struct Outline {
  enum Kind: Hashable {
    case sequence, map
    case scalar(CapturedValue)
    /// Not data itself; there may be data inside.
    case other
  }

  struct Node {
    let parent: Int?
    let kind: Kind
    /// The bytes that it stands for.
    let size: Int
    var children: [Int] = []
    /// The number after the last one inside it.
    var end = 0
  }

  enum Edit: Hashable {
    case remove
    case replace(CapturedValue)
  }

  let program: Program
  private(set) var nodes: [Node] = []

  init(_ program: Program) {
    self.program = program.mapInputs { expression in
      if case .value(let value) = expression { Expression.expanded(value) } else { nil }
    }
    var found: [Node] = []
    _ = self.program.mapInputs { expression in
      guard expression.isLiteral else { return nil }
      Self.collect(expression, below: nil, into: &found)
      return expression
    }
    nodes = found
  }

  private static func collect(
    _ expression: Expression, below parent: Int?, into nodes: inout [Node]
  ) {
    let number = nodes.count
    if let parent { nodes[parent].children.append(number) }
    nodes.append(
      Node(parent: parent, kind: kind(expression), size: Canonical(expression).bytes.count))
    for child in expression.literalChildren { collect(child, below: number, into: &nodes) }
    nodes[number].end = nodes.count
  }

  private static func kind(_ expression: Expression) -> Kind {
    switch expression {
    case .value(let value): .scalar(value)
    case .list, .tuple, .set: .sequence
    case .map: .map
    default: .other
    }
  }

  /// Nodes that are not inside an edited one, with the edits made.
  func applying(_ edits: [Int: Edit]) -> Program {
    var number = 0
    return program.mapInputs { expression in
      guard expression.isLiteral else { return nil }
      return edited(expression, &number, edits) ?? expression
    }
  }

  /// `nil` for what is left out.
  private func edited(
    _ expression: Expression, _ number: inout Int, _ edits: [Int: Edit]
  ) -> Expression? {
    let own = number
    switch edits[own] {
    case .remove:
      number = nodes[own].end
      return nil
    case .replace(let value):
      number = nodes[own].end
      return .value(value)
    case nil:
      number += 1
      return expression.mapLiteralChildren { edited($0, &number, edits) }
    }
  }

  /// The program with each outermost collection noting what is read of it, under its number.
  func noting(_ noting: (Int, Expression) -> Expression) -> Program {
    var number = 0
    return program.mapInputs { expression in
      guard expression.isLiteral else { return nil }
      let own = number
      number = nodes[own].end
      return nodes[own].children.isEmpty ? expression : noting(own, expression.folded)
    }
  }

  /// The node at a path of positions below another.
  func node(_ path: [Int]) -> Int? {
    guard var found = path.first, nodes.indices.contains(found) else { return nil }
    for position in path.dropFirst() {
      guard nodes[found].children.indices.contains(position) else { return nil }
      found = nodes[found].children[position]
    }
    return found
  }
}

extension Expression {
  /// What stands directly inside data; of a map its values.
  fileprivate var literalChildren: [Expression] {
    switch self {
    case .list(let items), .tuple(let items), .set(let items): items
    case .map(let pairs): pairs.map(\.value)
    default: []
    }
  }

  fileprivate func mapLiteralChildren(_ change: (Expression) -> Expression?) -> Expression {
    switch self {
    case .list(let items): .list(items.compactMap(change))
    case .tuple(let items): .tuple(items.compactMap(change))
    case .set(let items): .set(items.compactMap(change))
    case .map(let pairs):
      .map(
        pairs.compactMap { pair in
          change(pair.value).map { ExpressionPair(key: pair.key, value: $0) }
        })
    default: self
    }
  }
}

import Languages

/// The smallest part of a test that holds an expression, and what hangs on it.
struct Condition {
  let node: SourceNode
  /// The node whose operand or test it is.
  let parent: SourceNode
  let statement: SourceNode

  init?(of expression: SourceNode, at site: CrashSite) {
    var chain = site.path(to: expression) + [expression]
    while let node = chain.popLast(), let parent = chain.last {
      if parent.kind == .boolean || node.role == .test
        || (parent.kind == .give && (node.kind == .comparison || node.kind == .boolean))
      {
        guard node.kind != .boolean, parent.kind != .comprehension, parent.kind != .clause else {
          return nil
        }
        self.node = node
        self.parent = parent
        statement = site.statement
        return
      }
    }
    return nil
  }

  var isEquality: Bool { node.kind == .comparison && (node.label == "==" || node.label == "is") }
  var isInequality: Bool {
    node.kind == .comparison && (node.label == "!=" || node.label == "is not")
  }

  /// Whether the branch that it opens does nothing but leave: a result, a jump, an exception.
  var isRefusal: Bool {
    guard statement.kind == .branch, let last = statement.children(.body).last else { return false }
    return last.isExit && statement.children(.body).dropLast().allSatisfy { !$0.mayHaveEffect }
  }

  /// Whether the chain of branches that it belongs to ends in one that raises.
  var endsInRefusal: Bool {
    var current = statement
    guard current.kind == .branch else { return false }
    while let last = current.children(.otherwise).last {
      if last.kind == .fail { return true }
      current = last
    }
    return false
  }

  /// Two operands as one, in parentheses where the place needs them.
  func grouped(_ text: String, as operation: String) -> String {
    let isLoose =
      parent.kind == .unary
      || (parent.kind == .boolean && parent.label == "and" && operation == "or")
    return isLoose ? "(\(text))" : text
  }
}

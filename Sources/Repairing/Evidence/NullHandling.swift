import Languages

/// How the file treats a value of the same name when it is nothing.
struct NullHandling {
  let operand: SourceNode
  let site: CrashSite

  init(of operand: SourceNode, at site: CrashSite) {
    self.operand = operand
    self.site = site
  }

  /// Whether other code of the file compares it with nothing, or takes another value for it.
  var isHandledElsewhere: Bool {
    site.source.file.root.flattened.contains { node in
      switch node.kind {
      case .comparison:
        node.children.contains(where: isSame) && node.flattened.contains { $0.isNull }
      case .boolean: node.label == "or" && node.children.first.map(isSame) == true
      default: false
      }
    }
  }

  /// What `operand or x` takes elsewhere, with the line; the most frequent first.
  var substitutes: [(text: String, count: Int, line: Int)] {
    var found: [String: (Int, Int)] = [:]
    for node in site.source.file.root.flattened {
      guard let substitute = substitute(in: node) else { continue }
      found[site.text(substitute), default: (0, node.span.lines.lowerBound)].0 += 1
    }
    return found.sorted { ($1.value.0, $0.key) < ($0.value.0, $1.key) }
      .map { ($0.key, $0.value.0, $0.value.1) }
  }

  private func substitute(in node: SourceNode) -> SourceNode? {
    switch node.kind {
    case .boolean:
      guard node.label == "or", node.children.count == 2, isSame(node.children[0]) else {
        return nil
      }
      return isPlain(node.children[1]) ? node.children[1] : nil
    case .conditional:
      guard let test = node.child(.test), let then = node.child(.body),
        let otherwise = node.child(.otherwise), test.flattened.contains(where: isSame)
      else { return nil }
      let asksForNull = test.flattened.contains { $0.isNull }
      if isSame(then), isSame(test) || asksForNull && test.label == "is not", isPlain(otherwise) {
        return otherwise
      }
      if isSame(otherwise), asksForNull && test.label == "is", isPlain(then) { return then }
      return nil
    default: return nil
    }
  }

  private func isPlain(_ node: SourceNode) -> Bool {
    !node.isNull && node.flattened.allSatisfy { [.literal, .list, .map, .tuple].contains($0.kind) }
  }

  /// Whether a node is the operand, or the same attribute or key of another object.
  private func isSame(_ node: SourceNode) -> Bool {
    guard node.kind == operand.kind, node.span != operand.span else { return false }
    switch node.kind {
    case .attribute: return node.label == operand.label
    case .item:
      guard let key = node.child(.key), let other = operand.child(.key) else { return false }
      return key.kind == .literal && site.spelled(key) == site.spelled(other)
    default: return false
    }
  }
}

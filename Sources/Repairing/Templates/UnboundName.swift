import Languages

/// A variable is used that no branch on the way has bound: it begins as nothing, and its absence is refused in the words in
/// which the function refuses beside it.
struct UnboundName: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.depth == 0, let function = site.function else { return [] }
    let unbound = site.operands.filter { node in
      node.kind == .name && site.state(node)?.condition == .missing
        && binds(node.label, in: function)
    }
    guard let name = unbound.first?.label, let refusal = refusal(near: site),
      let loop = site.around.first(where: { $0.kind == .forEach || $0.kind == .loop }),
      let start = beginning(of: function, before: loop),
      let first = site.source.inserting(
        [evidence.notation.bind(name, evidence.notation.nothing)], before: start),
      let second = site.source.inserting(
        evidence.notation.branch(
          evidence.notation.isNothing(name), [site.text(refusal)]), before: site.statement)
    else { return [] }
    return [
      Draft(
        "unbound-name", [first, second], .supported, fit: 2,
        reason:
          "`\(name)` is bound on other ways only, and line \(refusal.span.lines.lowerBound) refuses such input"
      )
    ]
  }

  private func binds(_ name: String, in function: SourceNode) -> Bool {
    function.statements.contains { statement in
      statement.kind == .bind
        && statement.children(.target).flatMap(\.flattened).contains {
          $0.kind == .name && $0.label == name
        }
    }
  }

  /// What is raised a few statements before, in the same block or the one around it.
  private func refusal(near site: CrashSite) -> SourceNode? {
    var inner = site.statement
    for block in site.around.reversed().prefix(3) {
      let before = block.children(inner.role).prefix { $0 != inner }
      let raised = before.flatMap(\.running).last { $0.kind == .fail && !$0.children.isEmpty }
      if let raised, raised.span.lines.count == 1 { return raised }
      if block.kind == .forEach || block.kind == .loop || block.kind == .function { return nil }
      inner = block
    }
    return nil
  }

  /// The statement of the function's own block that is or holds the loop.
  private func beginning(of function: SourceNode, before loop: SourceNode) -> SourceNode? {
    function.children(.body).first { $0.span.bytes.encloses(loop.span.bytes) }
  }
}

import Languages

/// A value that is derived from one that may be nothing is nothing too, where the code says so.
struct NullResult: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.nature == .nothing || site.nature == .other, site.statement.kind == .give,
      let function = site.function, function.children(.body).contains(site.statement)
    else { return [] }
    let before = function.children(.body).prefix { $0 != site.statement }
    guard !before.contains(where: \.mayHaveEffect) else { return [] }
    return site.nulls.compactMap { operand in
      guard operand.kind != .item, let evidenceText = reason(operand, function, site, evidence)
      else { return nil }
      let lines = evidence.notation.branch(
        evidence.notation.isNothing(site.text(operand)),
        [evidence.notation.give(evidence.notation.nothing)])
      guard let edit = site.source.inserting(lines, before: site.statement) else { return nil }
      return Draft("null-result", [edit], .supported, fit: 1, reason: evidenceText)
    }
  }

  private func reason(
    _ operand: SourceNode, _ function: SourceNode, _ site: CrashSite, _ evidence: Evidence
  ) -> String? {
    if let annotation = function.child(.annotation) {
      guard annotation.flattened.contains(where: { $0.isNull || $0.label == "Optional" }) else {
        return nil
      }
      return "`\(function.label)` declares that it may give nothing"
    }
    if function.statements.contains(where: { $0.kind == .give && $0.child(.value)?.isNull == true })
    {
      return "`\(function.label)` gives nothing in other cases"
    }
    guard operand.kind == .attribute, let type = site.type,
      let origin = type.children(.body).first(where: {
        $0.kind == .function && $0.label == operand.label
      }),
      origin.statements.contains(where: {
        $0.kind == .give && ($0.children.isEmpty || $0.child(.value)?.isNull == true)
      })
    else { return nil }
    return "`\(operand.label)`, of which it is derived, gives nothing then"
  }
}

import Languages

/// A parameter that holds nothing is answered as the function's siblings answer it.
struct EmptyAsSiblings: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard let function = site.function,
      site.statement.kind == .give || site.statement.kind == .bind,
      function.children(.body).contains(site.statement),
      site.source.indentation(site.statement) != nil
    else { return [] }
    let before = function.children(.body).prefix { $0 != site.statement }
    guard !before.contains(where: { $0.kind == .update || $0.kind == .remove }) else { return [] }
    let parameters = function.children(.parameters).map(\.label)
    return site.operands.flatMap { operand -> [Draft] in
      guard operand.kind == .name, let position = parameters.firstIndex(of: operand.label),
        let condition = site.state(operand)?.condition, condition == .empty || condition == .null
      else { return [] }
      return drafts(operand, position, site, evidence)
    }
  }

  private func drafts(
    _ operand: SourceNode, _ position: Int, _ site: CrashSite, _ evidence: Evidence
  ) -> [Draft] {
    var best: [String: (likeness: Int, sibling: String, line: Int)] = [:]
    for sibling in Sibling.all(of: site) {
      for empty in EmptyCase.all(of: sibling.function) where empty.position == position {
        let text = empty.result.kind == .name ? operand.label : site.text(empty.result)
        let likeness = sibling.likeness + (empty.parameter == operand.label ? 1 : 0)
        if likeness > best[text]?.likeness ?? 0 {
          best[text] = (likeness, sibling.function.label, empty.line)
        }
      }
    }
    let ranked = best.sorted { ($1.value.likeness, $0.key) < ($0.value.likeness, $1.key) }
    return ranked.enumerated().compactMap { rank, entry in
      let isClear =
        rank == 0 && (ranked.count == 1 || ranked[1].value.likeness < entry.value.likeness)
      let lines = evidence.notation.branch(
        evidence.notation.not(operand.label), [evidence.notation.give(entry.key)])
      guard let edit = site.source.inserting(lines, before: site.statement) else { return nil }
      return Draft(
        "empty-as-siblings", [edit], isClear ? .supported : .plausible, fit: entry.value.likeness,
        reason:
          "`\(entry.value.sibling)` (line \(entry.value.line)) gives `\(entry.key)` for what holds nothing"
      )
    }
  }
}

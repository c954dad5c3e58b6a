import Languages

/// A share of a collection's items, where the same function says what another figure of no items is.
struct AverageOfNothing: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.depth == 0, let function = site.function,
      evidence.notation.conventions.divisionFailures.contains(site.raised.type),
      let (answer, line) = answer(in: function, site, evidence.notation.conventions)
    else { return [] }
    return site.statement.ownExpressions.compactMap { division in
      guard division.kind == .binary, ["/", "//", "%"].contains(division.label),
        let divisor = division.children.last, divisor.kind == .call,
        let counting = divisor.child(.callee)?.label,
        evidence.notation.conventions.counting.contains(counting),
        let counted = divisor.children(.arguments).first,
        counted.kind == .name || counted.kind == .attribute,
        let parent = site.path(to: division).last
      else { return nil }
      let text = evidence.notation.conditional(site.text(counted), site.text(division), answer)
      let stands = [.bind, .give, .argument, .evaluate].contains(parent.kind)
      return Draft(
        "average-of-nothing",
        [site.source.replacing(division, with: stands ? text : "(\(text))")], .supported, fit: 2,
        reason: "line \(line) gives `\(answer)` for another figure of no items")
    }
  }

  /// What the function's own largest or smallest of nothing is; `nil` where it says none, or several.
  private func answer(
    in function: SourceNode, _ site: CrashSite, _ conventions: Conventions
  ) -> (String, Int)? {
    let standards = function.flattened.filter { $0.kind == .call }.flatMap { call in
      conventions.refusingEmpty.contains(call.child(.callee)?.label ?? "")
        ? call.children(.arguments).filter {
          $0.kind == .argument && $0.label == conventions.emptyDefault
        } : []
    }
    let values = standards.compactMap { $0.children.last }.filter { $0.kind == .literal }
    guard let first = values.first, Set(values.map(site.text)).count == 1 else { return nil }
    return (site.text(first), first.span.lines.lowerBound)
  }
}

import Languages

/// A test or a yes-or-no result uses a value that may be nothing: it asks first whether the value is there.
struct NullInTest: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.nature == .nothing || site.nature == .other else { return [] }
    return site.nulls.flatMap { operand -> [Draft] in
      presence(of: operand, site, evidence) + inTest(operand, site, evidence)
    }
  }

  /// `if "k" in m:` before `m["k"]` is used: what is there may still be nothing.
  private func presence(_ operand: SourceNode, in test: SourceNode, _ site: CrashSite)
    -> SourceNode?
  {
    let parts = test.kind == .boolean && test.label == "and" ? test.children : [test]
    guard let base = operand.child(.value), let key = operand.child(.key) else { return nil }
    return parts.first { part in
      part.kind == .comparison && part.label == "in" && part.children.count == 2
        && site.spelled(part.children[0]) == site.spelled(key)
        && site.spelled(part.children[1]) == site.spelled(base)
    }
  }

  private func presence(
    of operand: SourceNode, _ site: CrashSite, _ evidence: Evidence
  ) -> [Draft] {
    guard operand.kind == .item else { return [] }
    let outer = site.around + [site.statement]
    for (parent, child) in zip(outer, outer.dropFirst()).reversed() {
      guard child.role == .body, parent.kind == .branch, let test = parent.child(.test),
        let part = presence(operand, in: test, site)
      else { continue }
      let text = evidence.notation.all([
        site.text(part), evidence.notation.isSomething(site.text(operand)),
      ])
      return [
        Draft(
          "null-check", [site.source.replacing(part, with: text)],
          parent.children(.otherwise).isEmpty ? .supported : .plausible, fit: 3,
          reason:
            "the branch handles `\(site.text(operand))` only where it is there, and it is there as nothing"
        )
      ]
    }
    return []
  }

  private func inTest(
    _ operand: SourceNode, _ site: CrashSite, _ evidence: Evidence
  ) -> [Draft] {
    guard let condition = Condition(of: operand, at: site) else { return [] }
    let isKnown = NullHandling(of: operand, at: site).isHandledElsewhere
    let text = evidence.notation.all([
      evidence.notation.isSomething(site.text(operand)), site.text(condition.node),
    ])
    return [
      Draft(
        "null-check",
        [site.source.replacing(condition.node, with: condition.grouped(text, as: "and"))],
        isKnown ? .supported : .plausible, fit: 2,
        reason: isKnown
          ? "other code asks whether `\(site.text(operand))` is there"
          : "`\(site.text(operand))` may be nothing")
    ]
  }
}

extension CrashSite {
  /// Operands that were nothing, without parts of longer ones that are themselves nothing.
  var nulls: [SourceNode] {
    suspects(.null, [.name, .attribute, .item]).filter { node in
      state(node)?.condition == .null || (nature == .nothing && node.kind != .name)
    }
  }
}

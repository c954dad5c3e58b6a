import Languages

/// A position or key that is not there is asked for in a test: the test asks first whether it is there.
///
/// What is not there equals nothing: `s[i] == "x"` is no, `s[i] != "x"` is yes.
struct MissingItemInTest: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.nature == .missingPosition || site.nature == .missingKey else { return [] }
    return site.suspects(.missing, [.item]).flatMap { item -> [Draft] in
      guard let existence = Existence(item, at: site, evidence.notation),
        let condition = Condition(of: item, at: site)
      else { return [] }
      return drafts(existence, condition, site, evidence.notation)
    }
  }

  private func drafts(
    _ existence: Existence, _ condition: Condition, _ site: CrashSite, _ notation: Notation
  ) -> [Draft] {
    let present = Draft(
      "missing-item",
      [
        site.source.replacing(
          condition.node,
          with: condition.grouped(
            notation.all([existence.holds, site.text(condition.node)]), as: "and"))
      ],
      condition.endsInRefusal ? .supported : .plausible, fit: condition.isEquality ? 2 : 1,
      reason: "`\(site.text(existence.item))` is asked for where it may not exist")
    guard condition.isInequality else { return [present] }
    let absent = Draft(
      "missing-item",
      [
        site.source.replacing(
          condition.node,
          with: condition.grouped(
            notation.any([existence.fails, site.text(condition.node)]), as: "or"))
      ],
      condition.isRefusal ? .supported : .plausible, fit: 3,
      reason: condition.isRefusal
        ? "what is not there is refused as what differs is"
        : "what is not there differs from everything")
    return condition.isRefusal ? [absent] : [absent, present]
  }
}

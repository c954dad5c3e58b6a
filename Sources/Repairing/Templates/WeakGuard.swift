import Languages

/// A guard asks whether a collection holds anything, and more than that is taken from it: the guard asks for what is taken.
struct WeakGuard: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.nature == .missingPosition || site.nature == .missingKey else { return [] }
    return site.suspects(.missing, [.item]).compactMap { item in
      guard let existence = Existence(item, at: site, evidence.notation) else { return nil }
      let base = site.spelled(existence.base)
      let outer = site.around + site.path(to: item) + [item]
      for (parent, child) in zip(outer, outer.dropFirst()).reversed() {
        guard child.role == .body, parent.kind == .branch || parent.kind == .conditional,
          let test = parent.child(.test)
        else { continue }
        let parts = test.kind == .boolean && test.label == "and" ? test.children : [test]
        guard let weak = parts.first(where: { site.spelled($0) == base }) else { continue }
        // What is no collection at all keeps its answer.
        let stronger = evidence.notation.all([site.text(weak), existence.holds])
        return Draft(
          "weak-guard", [site.source.replacing(weak, with: stronger)], .supported, fit: 3,
          reason:
            "the guard asks whether `\(site.text(existence.base))` holds anything, and `\(site.text(item))` needs more"
        )
      }
      return nil
    }
  }
}

import Languages

/// A loop without an end of its own walks past the last position: it ends there, as its own exits do.
struct LoopBound: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.nature == .missingPosition else { return [] }
    return site.suspects(.missing, [.item]).compactMap { item in
      guard let existence = Existence(item, at: site, evidence.notation),
        existence.key.kind == .name,
        let loop = site.around.last(where: { $0.kind == .loop || $0.kind == .forEach }),
        loop.kind == .loop, let test = loop.child(.test), test.kind == .literal,
        loop.children(.otherwise).isEmpty, leaves(loop), moves(existence.key, in: loop, site)
      else { return nil }
      return Draft(
        "loop-bound", [site.source.replacing(test, with: existence.holds)], .supported, fit: 3,
        reason:
          "the loop moves `\(site.text(existence.key))` and never asks whether it has passed the end"
      )
    }
  }

  private func leaves(_ loop: SourceNode) -> Bool {
    loop.running.contains { $0.kind == .leave }
  }

  private func moves(_ key: SourceNode, in loop: SourceNode, _ site: CrashSite) -> Bool {
    loop.running.contains { node in
      node.kind == .update && node.label.hasPrefix("+")
        && node.child(.target).map { site.spelled($0) == site.spelled(key) } == true
    }
  }
}

import Languages

/// Something is worked out from a value that is nothing, and what it is bound to begins as nothing: it stays so.
struct NullStart: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.nature == .nothing, site.statement.kind == .bind,
      let target = site.statement.child(.target), target.kind == .attribute,
      let line = start(of: target, site)
    else { return [] }
    return site.nulls.compactMap { operand in
      guard operand.kind != .name || site.state(operand)?.condition == .null,
        let edit = site.source.guarding(
          site.statement, evidence.notation.isSomething(site.text(operand)), evidence.notation)
      else { return nil }
      return Draft(
        "null-start", [edit], .supported, fit: 2,
        reason:
          "`\(site.text(target))` begins as nothing (line \(line)), and is worked out of nothing here"
      )
    }
  }

  private func start(of target: SourceNode, _ site: CrashSite) -> Int? {
    site.type?.flattened.first { node in
      node.kind == .bind && node.span != site.statement.span && node.child(.value)?.isNull == true
        && node.children(.target).contains { site.spelled($0) == site.spelled(target) }
    }?.span.lines.lowerBound
  }
}

import Languages

/// A test that refuses bad values cannot be made of this one: it is refused with the same exception.
struct RefusedTest: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.depth == 0, [.other, .nothing, .conversion].contains(site.nature),
      site.raised.frames.last?.repositoryPath != nil, !evidence.isBroad(site.raised.type),
      site.statement.kind == .branch, site.statement.children(.otherwise).isEmpty,
      let refusal = site.statement.children(.body).last, refusal.kind == .fail,
      site.statement.children(.body).count == 1,
      let name = Self.type(of: refusal), try evidence.isOwnException(name, of: site),
      let edit = site.source.attempting(
        site.statement, site.raised.type, [site.text(refusal)], evidence.notation)
    else { return [] }
    return [
      Draft(
        "refused-test", [edit], .supported, fit: 2,
        reason:
          "line \(refusal.span.lines.lowerBound) refuses what fails this test with `\(name)`, and this value cannot even be tested"
      )
    ]
  }

  private static func type(of refusal: SourceNode) -> String? {
    let value = refusal.child(.value)
    let callee = value?.kind == .call ? value?.child(.callee) : value
    return callee?.kind == .name ? callee?.label : nil
  }
}

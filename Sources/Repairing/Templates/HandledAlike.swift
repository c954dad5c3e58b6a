import Languages

/// The same expression is prepared for this exception elsewhere in the file: it is prepared for it here in the same words.
struct HandledAlike: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.depth == 0, site.statement.kind == .bind,
      site.around.last?.kind != .attempt, !evidence.isBroad(site.raised.type)
    else { return [] }
    let twins = site.source.file.root.flattened.filter { isTwin($0, site) }
    let near = twins.filter { site.function?.span.bytes.encloses($0.span.bytes) ?? false }
    let answers = Set((near.isEmpty ? twins : near).compactMap { answer(of: $0, site) })
    return answers.sorted().compactMap { answer in
      guard
        let edit = site.source.attempting(
          site.statement, site.raised.type, [answer], evidence.notation)
      else { return nil }
      return Draft(
        "handled-alike", [edit], answers.count == 1 ? .supported : .plausible, fit: 3,
        reason:
          "line \((near.first ?? twins[0]).span.lines.lowerBound) is prepared for `\(site.raised.type)` of the same expression"
      )
    }
  }

  /// An attempt at the very same statement, which handles what was raised here.
  private func isTwin(_ node: SourceNode, _ site: CrashSite) -> Bool {
    guard node.kind == .attempt, node.children(.body).count == 1,
      isSame(node.children(.body)[0], site.statement, site),
      node.children(.handlers).count == 1, let types = node.children(.handlers)[0].child(.types)
    else { return false }
    let list = types.kind == .tuple ? types.children : [types]
    return list.contains { site.text($0) == site.raised.type }
  }

  /// The same target and value, whether or not one of the two declares a type.
  private func isSame(_ left: SourceNode, _ right: SourceNode, _ site: CrashSite) -> Bool {
    guard left.kind == .bind, let target = left.child(.target), let value = left.child(.value)
    else { return false }
    return right.child(.target).map(site.spelled) == site.spelled(target)
      && right.child(.value).map(site.spelled) == site.spelled(value)
  }

  private func answer(of attempt: SourceNode, _ site: CrashSite) -> String? {
    let body = attempt.children(.handlers)[0].children(.body)
    guard body.count == 1, let only = body.first, only.span.lines.count == 1,
      only.kind == .bind || only.isExit
    else { return nil }
    return site.text(only)
  }
}

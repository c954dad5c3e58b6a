import Languages

/// Something is put into a container that is not there yet, and sibling code makes it: it is made here too.
struct MissingContainer: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.nature == .missingKey else { return [] }
    return site.suspects(.missing, [.item]).compactMap { item in
      guard let existence = Existence(item, at: site, evidence.notation),
        let parent = site.path(to: item).last, isFilled(item, parent, site),
        let (maker, line) = maker(of: existence, site)
      else { return nil }
      let lines = evidence.notation.branch(
        existence.fails, [evidence.notation.bind(site.text(item), maker)])
      guard let edit = site.source.inserting(lines, before: site.statement) else { return nil }
      return Draft(
        "missing-container", [edit], .supported, fit: 3,
        reason: "line \(line) makes `\(site.text(item))` before it is filled")
    }
  }

  /// Whether something is put into it: `item[k] = v`, `item.k = v`.
  private func isFilled(_ item: SourceNode, _ parent: SourceNode, _ site: CrashSite) -> Bool {
    parent.role == .target && (parent.kind == .item || parent.kind == .attribute)
      && item.role == .value && (site.statement.kind == .bind || site.statement.kind == .update)
  }

  /// What the same key is bound to elsewhere in the file: an empty literal or a call without arguments.
  private func maker(of existence: Existence, _ site: CrashSite) -> (String, Int)? {
    for node in site.source.file.root.flattened where node.kind == .bind {
      guard let target = node.child(.target), target.kind == .item,
        let key = target.child(.key), site.spelled(key) == site.spelled(existence.key),
        let value = node.child(.value)
      else { continue }
      let isEmpty = [.map, .list, .set].contains(value.kind) && value.children.isEmpty
      let isMade = value.kind == .call && value.children(.arguments).isEmpty
      if isEmpty || isMade { return (site.text(value), node.span.lines.lowerBound) }
    }
    return nil
  }
}

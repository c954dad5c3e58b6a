import Languages

/// Other code makes sure of a key by a statement of its own before it is read; so does this.
struct EnsuredKey: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.nature == .missingKey, site.raised.missingVariable == nil else { return [] }
    return try site.suspects(.missing, [.item]).compactMap { item in
      guard let existence = Existence(item, at: site, evidence.notation),
        existence.key.kind == .literal, !Settings.isSetting(site.text(existence.base)),
        let (method, standard, place) = try maker(of: existence, site, evidence)
      else { return nil }
      let line = "\(site.text(existence.base)).\(method)(\(site.text(existence.key)), \(standard))"
      guard let edit = site.source.inserting([line], before: site.statement) else { return nil }
      return Draft(
        "ensured-key", [edit], .supported, fit: isRepeated(item, site) ? 9 : 0,
        reason: "`\(place)` makes sure of \(site.text(existence.key)) in this way")
    }
  }

  private func isRepeated(_ item: SourceNode, _ site: CrashSite) -> Bool {
    let uses = site.function?.flattened.filter {
      $0.kind == .item && site.spelled($0) == site.spelled(item)
    }
    return uses?.count ?? 0 > 1
  }

  private func maker(
    of existence: Existence, _ site: CrashSite, _ evidence: Evidence
  ) throws -> (String, String, String)? {
    for source in try evidence.sources(
      mentioning: site.text(existence.key) + ",", from: site.source)
    {
      for node in source.file.root.flattened where node.kind == .evaluate {
        guard let call = node.children.first, call.kind == .call,
          let callee = call.child(.callee), callee.kind == .attribute,
          call.children(.arguments).count == 2,
          source.spelled(call.children(.arguments)[0]) == site.spelled(existence.key),
          [.list, .map, .literal].contains(call.children(.arguments)[1].kind),
          callee.label.lowercased().contains("default")
        else { continue }
        return (
          callee.label, source.text(call.children(.arguments)[1]),
          "\(source.file.path):\(node.span.lines.lowerBound)"
        )
      }
    }
    return nil
  }
}

import Languages

/// A handler answers what one operation raises, but not all that the same operation can raise.
struct WiderHandler: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.depth == 0, site.raised.frames.last?.repositoryPath != nil,
      [.conversion, .other, .refusal, .missingKey, .missingPosition].contains(site.nature),
      let attempt = site.around.last, attempt.kind == .attempt, site.statement.role == .body,
      attempt.children(.body).count == 1, site.statement.kind != .fail,
      !evidence.isBroad(site.raised.type)
    else { return [] }
    let handlers = attempt.children(.handlers)
    guard let handler = handlers.first, let types = handler.child(.types),
      handlers.allSatisfy({ same($0, handler, site) })
    else { return [] }
    let list = types.kind == .tuple ? types.children.map(site.text) : [site.text(types)]
    guard !list.contains(site.raised.type), !list.contains(where: evidence.isBroad) else {
      return []
    }
    let text = "(\((list + [site.raised.type]).joined(separator: ", ")))"
    return [
      Draft(
        "wider-handler", [site.source.replacing(types, with: text)], .supported, fit: 2,
        reason:
          "the handler already answers `\(list.joined(separator: "`, `"))` of the same statement")
    ]
  }

  /// Handlers of one attempt that all do the same.
  private func same(_ left: SourceNode, _ right: SourceNode, _ site: CrashSite) -> Bool {
    left.children(.body).map(site.spelled) == right.children(.body).map(site.spelled)
  }
}

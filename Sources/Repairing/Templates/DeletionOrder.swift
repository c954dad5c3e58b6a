import Languages

/// A loop over places that were gathered before takes out what a later place still leads through: it goes from the last.
struct DeletionOrder: Template {
  private static let removals: Set<String> = ["pop", "remove", "delete", "discard", "removeValue"]

  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.nature == .missingKey || site.nature == .missingPosition,
      let function = site.function
    else { return [] }
    let loops = site.around.filter {
      $0.kind == .forEach && function.span.bytes.encloses($0.span.bytes)
    }
    return loops.compactMap { loop in
      guard let iterable = loop.child(.iterable), iterable.kind == .name,
        !loop.running.contains(where: { $0.kind == .leave }),
        loop.running.contains(where: Self.removes), isGathered(iterable.label, function)
      else { return nil }
      return Draft(
        "deletion-order",
        [site.source.replacing(iterable, with: evidence.notation.backwards(site.text(iterable)))],
        .plausible, fit: 2,
        reason: "the loop takes out what later items of `\(iterable.label)` lead through")
    }
  }

  private static func removes(_ node: SourceNode) -> Bool {
    node.kind == .remove
      || node.kind == .call && node.child(.callee)?.kind == .attribute
        && removals.contains(node.child(.callee)?.label ?? "")
  }

  /// Whether a variable begins as an empty list.
  private func isGathered(_ name: String, _ function: SourceNode) -> Bool {
    function.statements.contains { statement in
      statement.kind == .bind && statement.child(.target)?.label == name
        && statement.child(.value)?.kind == .list
        && statement.child(.value)?.children.isEmpty == true
    }
  }
}

import Languages

/// A function gives a list that it fills in loops over one of its parameters, and looks at the parameter's first item before: of
/// nothing it gives the empty list that its loops would leave.
struct EmptyLoop: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.nature == .missingPosition, let function = site.function,
      function.children(.body).contains(site.statement),
      !function.children(.body).prefix(while: { $0 != site.statement }).contains(
        where: \.mayHaveEffect),
      let last = function.children(.body).last, last.kind == .give,
      let result = last.child(.value), result.kind == .name,
      let empty = beginning(of: result.label, in: function, site)
    else { return [] }
    return site.suspects(.missing, [.item]).compactMap { item in
      guard let base = item.child(.value) ?? item.children.first, base.kind == .name,
        function.children(.parameters).contains(where: { $0.label == base.label }),
        site.state(base)?.condition == .empty, isFilled(result.label, from: base.label, function)
      else { return nil }
      let lines = evidence.notation.branch(
        evidence.notation.not(base.label), [evidence.notation.give(empty)])
      return site.source.inserting(lines, before: site.statement).map {
        Draft(
          "empty-loop", [$0], .supported, fit: 3,
          reason:
            "`\(result.label)` begins as `\(empty)` and is filled in a loop over `\(base.label)` alone"
        )
      }
    }
  }

  /// The empty collection that a result begins as, where it is bound once.
  private func beginning(of name: String, in function: SourceNode, _ site: CrashSite) -> String? {
    let bindings = function.statements.filter {
      $0.kind == .bind && $0.child(.target)?.kind == .name && $0.child(.target)?.label == name
    }
    guard bindings.count == 1, let value = bindings[0].child(.value), value.children.isEmpty,
      [.list, .map].contains(value.kind)
    else { return nil }
    return site.text(value)
  }

  /// Whether every statement that names the result, but for its beginning and the end, stands in a loop over the parameter.
  private func isFilled(_ name: String, from parameter: String, _ function: SourceNode) -> Bool {
    let loops = function.children(.body).filter { node in
      node.kind == .forEach && node.child(.iterable).map { $0.names.contains(parameter) } == true
    }
    let uses = function.children(.body).filter { $0.names.contains(name) }
    return !loops.isEmpty
      && uses.dropLast().allSatisfy { use in loops.contains(use) || use.kind == .bind }
      && uses.contains(where: loops.contains)
  }
}

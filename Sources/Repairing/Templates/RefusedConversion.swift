import Languages

/// Text that is no number is refused by the repository's own exception, as the function refuses other bad values.
struct RefusedConversion: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.depth == 0, [.conversion, .other, .refusal].contains(site.nature),
      let function = site.function,
      site.statement.kind == .bind, let value = converted(in: site),
      let refusal = try refusal(in: function, site, evidence),
      let raised = raise(refusal, of: value, function, site, evidence),
      let edit = site.source.attempting(
        site.statement, site.raised.type, [raised], evidence.notation)
    else { return [] }
    return [
      Draft(
        "refused-conversion", [edit], .supported, fit: 2,
        reason:
          "line \(refusal.span.lines.lowerBound) refuses other bad values of this function alike")
    ]
  }

  /// The name that the one call of the statement turns into something else: `int(text)`, `text.decode("ascii")`.
  private func converted(in site: CrashSite) -> SourceNode? {
    let calls = site.statement.ownExpressions.filter { $0.kind == .call }
    // What fails in taking a result apart is no conversion.
    guard calls.count == 1, let call = calls.first, site.statement.child(.value) == call,
      site.statement.child(.target)?.kind == .name, let callee = call.child(.callee),
      call.children(.arguments).count <= 1, site.raised.frames.last?.repositoryPath != nil
    else { return nil }
    let value = callee.kind == .attribute ? callee.child(.value) : call.children(.arguments).first
    return value?.kind == .name ? value : nil
  }

  /// Something of the repository's own that the function raises behind the statement, or else before it.
  private func refusal(
    in function: SourceNode, _ site: CrashSite, _ evidence: Evidence
  ) throws -> SourceNode? {
    let raises = try function.statements.filter { statement in
      guard statement.kind == .fail, let call = statement.child(.value), call.kind == .call,
        let callee = call.child(.callee), callee.kind == .name
      else { return false }
      return try evidence.isOwnException(callee.label, of: site)
    }
    return raises.first { $0.span.bytes.lowerBound > site.statement.span.bytes.lowerBound }
      ?? raises.last
  }

  /// The same refusal with its text made general, where everything else in it is known at the statement.
  private func raise(
    _ refusal: SourceNode, of value: SourceNode, _ function: SourceNode, _ site: CrashSite,
    _ evidence: Evidence
  ) -> String? {
    guard let call = refusal.child(.value), let callee = call.child(.callee) else { return nil }
    let parameters = Set(function.children(.parameters).map(\.label))
    let subject = call.children(.arguments).count == 1 ? value.label : nil
    let arguments = call.children(.arguments).map { argument -> String? in
      switch argument.kind {
      case .literal where argument.label == "string": literal(argument, of: subject, site)
      case .name where parameters.contains(argument.label): argument.label
      case .formatted, .binary, .call: literal(argument, of: subject, site)
      default: nil
      }
    }
    guard !arguments.contains(nil) else { return nil }
    let list = arguments.compactMap(\.self).joined(separator: ", ")
    return evidence.notation.fail("\(callee.label)(\(list))", nil)
  }

  /// A message that says of what it speaks where no other argument does.
  private func literal(_ node: SourceNode, of subject: String?, _ site: CrashSite) -> String {
    let quote = site.text(node).last == "'" ? "'" : "\""
    return "\(quote)\(subject.map { $0 + " " } ?? "")is not valid\(quote)"
  }
}

import Languages

/// A method lacks a parameter of the method that it overrides, and is called with it: it takes it and hands it on.
struct OverriddenParameter: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.depth == 0, site.nature == .signature else { return [] }
    let calls = site.statement.ownExpressions.filter {
      $0.kind == .call && $0.child(.callee)?.kind == .attribute
    }
    return try calls.flatMap { call -> [Draft] in
      guard let callee = call.child(.callee), let receiver = callee.child(.value),
        let type = site.state(receiver)?.type, !type.isEmpty,
        let own = site.type?.children(.body).first(where: {
          $0.kind == .function && $0.label == callee.label
        })
      else { return [] }
      return try call.children(.arguments).filter { $0.kind == .argument }.flatMap { argument in
        try drafts(argument, overriding: own, inType: type, site, evidence)
      }
    }
  }

  private func drafts(
    _ argument: SourceNode, overriding own: SourceNode, inType type: String, _ site: CrashSite,
    _ evidence: Evidence
  ) throws -> [Draft] {
    guard let known = own.children(.parameters).first(where: { $0.label == argument.label }),
      let standard = known.child(.standard), let value = argument.children.last
    else { return [] }
    let spelling = site.source.text(argument.span.bytes.lowerBound..<value.span.bytes.lowerBound)
    let home = site.type?.label ?? ""
    var sources: [Source] = []
    for text in ["\(type)(\(home)", "\(type): \(home)", type] {
      sources += try evidence.sources(mentioning: text, from: site.source)
    }
    for source in sources {
      for override in Self.methods(own.label, ofType: type, in: source) where override != own {
        let parameters = override.children(.parameters)
        guard !parameters.contains(where: { $0.label == argument.label }),
          let last = parameters.last, !source.text(last).hasPrefix("*"),
          let inner = Self.handedOn(override), let end = inner.children(.arguments).last
        else { continue }
        let taken = SourceEdit(
          path: source.file.path, bytes: last.span.bytes.upperBound..<last.span.bytes.upperBound,
          text: ", \(spelling)\(site.text(standard))")
        let given = SourceEdit(
          path: source.file.path, bytes: end.span.bytes.upperBound..<end.span.bytes.upperBound,
          text: ", \(spelling)\(argument.label)")
        return [
          Draft(
            "overridden-parameter", [taken, given], .supported, fit: 3,
            reason:
              "`\(type).\(own.label)` overrides a method that takes `\(argument.label)`, and is called with it"
          )
        ]
      }
    }
    return []
  }

  private static func methods(
    _ name: String, ofType type: String, in source: Source
  ) -> [SourceNode] {
    source.file.root.flattened.filter { $0.kind == .type && $0.label == type }
      .flatMap { $0.children(.body) }.filter { $0.kind == .function && $0.label == name }
  }

  /// The call of the overridden method on what stands above, with arguments.
  private static func handedOn(_ method: SourceNode) -> SourceNode? {
    let calls = method.flattened.filter { node in
      node.kind == .call && node.child(.callee)?.label == method.label
        && node.child(.callee)?.child(.value)?.kind == .call && !node.children(.arguments).isEmpty
    }
    return calls.count == 1 ? calls.first : nil
  }
}

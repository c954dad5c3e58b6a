import Languages

/// A value that may be nothing has a namesake on a part of the same object, and the pages say that it applies then.
struct NullFallback: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.nature == .nothing else { return [] }
    return try site.nulls.flatMap { operand -> [Draft] in
      guard operand.kind == .attribute, let base = operand.child(.value), base.kind == .name,
        site.state(operand)?.condition == .null, site.source.indentation(site.statement) != nil,
        !(site.function?.names.contains(operand.label) ?? true)
      else { return [] }
      return try parts(having: operand.label, site, evidence).compactMap { part, place in
        let name = operand.label
        let other = "\(site.text(base)).\(part).\(name)"
        let lines =
          [evidence.notation.bind(name, site.text(operand))]
          + evidence.notation.branch(
            evidence.notation.isNothing(name), [evidence.notation.bind(name, other)])
        guard let edit = site.source.inserting(lines, before: site.statement) else { return nil }
        return Draft(
          "null-fallback", [edit, site.source.replacing(operand, with: name)], .stated, fit: 2,
          reason: "`\(place)` says that `\(part)` decides where `\(name)` is nothing")
      }
    }
  }

  /// Fields beside the optional one whose type has a field of the same name, and the line of a page or comment that names
  /// them with the word for nothing.
  private func parts(
    having name: String, _ site: CrashSite, _ evidence: Evidence
  ) throws -> [(part: String, place: String)] {
    let nothing = ["null", evidence.notation.nothing.lowercased()]
    var found: [String: String] = [:]
    for source in try evidence.sources(mentioning: name, from: site.source) {
      let types = source.file.root.flattened.filter { $0.kind == .type }
      for type in types where Self.fields(type)[name] != nil {
        for (field, annotation) in Self.fields(type) where field != name {
          guard
            let other = types.first(where: { $0.label == source.text(annotation) }),
            Self.fields(other)[name] != nil
          else { continue }
          let said = try evidence.matches(name).first { match in
            let words = match.text.lowercased().split { !$0.isLetter && $0 != "_" }.map(String.init)
            return words.contains(field) && words.contains(where: nothing.contains)
              && match.text.contains(where: { "#-/*|".contains($0) })
          }
          if let said { found[field] = "\(said.path):\(said.line)" }
        }
      }
    }
    return found.count == 1 ? found.map { ($0.key, $0.value) } : []
  }

  /// The declared fields of a type with their annotations.
  private static func fields(_ type: SourceNode) -> [String: SourceNode] {
    var fields: [String: SourceNode] = [:]
    for member in type.children(.body) where member.kind == .annotation || member.kind == .bind {
      guard let target = member.child(.target), target.kind == .name,
        let annotation = member.child(.annotation)
      else { continue }
      fields[target.label] = annotation
    }
    return fields
  }
}

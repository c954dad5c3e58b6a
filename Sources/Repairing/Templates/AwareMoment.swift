import Languages

/// A moment is made on the spot to be compared with another one, which has a time zone: then it is made in that zone.
struct AwareMoment: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.depth == 0, site.nature == .mixedZones, let function = site.function
    else { return [] }
    return site.statement.ownExpressions.filter {
      ($0.kind == .binary || $0.kind == .comparison) && $0.children.count == 2
    }.flatMap { pair in
      [(pair.children[0], pair.children[1]), (pair.children[1], pair.children[0])].compactMap {
        made, other in draft(made, other, function, site, evidence)
      }
    }
  }

  private func draft(
    _ made: SourceNode, _ other: SourceNode, _ function: SourceNode, _ site: CrashSite,
    _ evidence: Evidence
  ) -> Draft? {
    guard other.kind == .name || other.kind == .attribute,
      let value = made.kind == .name
        ? binding(of: made.label, in: function, site, evidence.notation.conventions.clocks) : made,
      let clock = clock(in: value, site, evidence.notation.conventions.clocks),
      !value.names.contains(other.label)
    else { return nil }
    let zone = evidence.notation.zone(site.text(other))
    let text = evidence.notation.conditional(
      evidence.notation.isNothing(zone), site.text(value), evidence.notation.present(clock, zone))
    let isPart = made.kind != .name
    return Draft(
      "aware-moment", [site.source.replacing(value, with: isPart ? "(\(text))" : text)], .supported,
      fit: 2,
      reason:
        "`\(site.text(made))` is the present moment, and `\(site.text(other))` may have a zone")
  }

  /// The one value that a name is bound to from the clock.
  private func binding(
    of name: String, in function: SourceNode, _ site: CrashSite, _ clocks: Set<String>
  ) -> SourceNode? {
    function.statements.filter {
      $0.kind == .bind && $0.child(.target)?.kind == .name && $0.child(.target)?.label == name
        && $0.span.bytes.upperBound <= site.statement.span.bytes.lowerBound
    }.compactMap { $0.child(.value) }.last { clock(in: $0, site, clocks) != nil }
  }

  /// `datetime` of `datetime.utcnow()`, where the value is the present moment and nothing else.
  private func clock(
    in value: SourceNode, _ site: CrashSite, _ clocks: Set<String>
  ) -> String? {
    let calls = value.flattened.filter { $0.kind == .call }
    let types = calls.compactMap { call -> String? in
      guard let callee = call.child(.callee), callee.kind == .attribute,
        clocks.contains(callee.label), let type = callee.child(.value)
      else { return nil }
      return site.text(type)
    }
    // A call of what the clock gave, as `replace`, is part of it; any other value is not.
    let others = calls.filter { call in
      !clocks.contains(call.child(.callee)?.label ?? "")
        && call.child(.callee)?.child(.value)?.kind != .call
    }
    return types.count == 1 && others.isEmpty && value.kind == .call ? types[0] : nil
  }
}

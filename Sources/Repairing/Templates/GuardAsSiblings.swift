import Languages

/// An attribute is not there in a state for which the type's other methods, which use it too, have a guard.
struct GuardAsSiblings: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard let function = site.function, let type = site.type,
      let receiver = function.children(.parameters).first?.label
    else { return [] }
    return site.operands.filter {
      $0.kind == .attribute && site.state($0)?.condition == .missing
        && $0.child(.value)?.label == receiver
    }.flatMap { attribute -> [Draft] in
      var guards: [String: (count: Int, method: String)] = [:]
      for method in type.children(.body) where method.kind == .function && method != function {
        guard method.children(.parameters).first?.label == receiver,
          method.flattened.contains(where: { $0.kind == .attribute && $0.label == attribute.label })
        else { continue }
        for test in Self.entryGuards(of: method, receiver) {
          guards[site.text(test), default: (0, method.label)].count += 1
        }
      }
      return guards.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.compactMap {
        entry in
        guard
          let edit = site.source.guarding(
            site.statement, evidence.notation.not(entry.key), evidence.notation)
        else { return nil }
        return Draft(
          "guard-as-siblings", [edit], .supported, fit: entry.value.count,
          reason:
            "`\(entry.value.method)`, which uses `\(site.text(attribute))` too, does nothing where `\(entry.key)`"
        )
      }
    }
  }

  /// Tests of the receiver alone with which a method begins, and leaves.
  private static func entryGuards(of method: SourceNode, _ receiver: String) -> [SourceNode] {
    method.children(.body).prefix(3).compactMap { statement in
      guard statement.kind == .branch, statement.children(.otherwise).isEmpty,
        let test = statement.child(.test), test.kind == .attribute || test.kind == .unary,
        test.names == [receiver], let last = statement.children(.body).last,
        statement.children(.body).count == 1, last.kind == .give
      else { return nil }
      return test
    }
  }
}

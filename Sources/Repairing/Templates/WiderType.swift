import Languages

/// A check refuses a type that the caller, by a check of its own, lets through: it lets through what the caller does.
struct WiderType: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.depth == 0, site.statement.kind == .fail, let branch = site.around.last,
      branch.kind == .branch, site.statement.role == .body, let test = branch.child(.test),
      let check = TypeCheck(refusedBy: test, in: site.source, evidence.notation),
      let position = site.function?.children(.parameters).firstIndex(where: {
        $0.label == check.value
      }),
      let caller = evidence.caller(of: site),
      let argument = argument(position, of: site.function?.label ?? "", at: caller),
      let function = caller.function
    else { return [] }
    for call in function.flattened where call.kind == .call {
      guard let wider = TypeCheck(call, in: caller.source, evidence.notation),
        wider.value == caller.text(argument), wider.types.count > check.types.count,
        Set(check.types).isSubset(of: wider.types),
        let type = caller.state(argument)?.type, wider.types.contains(type)
      else { continue }
      let text = evidence.notation.isInstance(check.value, wider.types)
      return [
        Draft(
          "wider-type", [site.source.replacing(check.node, with: text)], .supported, fit: 3,
          reason:
            "`\(function.label)` lets `\(type)` through (line \(call.span.lines.lowerBound)) and hands it on"
        )
      ]
    }
    return []
  }

  private func argument(
    _ position: Int, of function: String, at caller: CrashSite
  ) -> SourceNode? {
    let call = caller.statement.ownExpressions.first { node in
      node.kind == .call && node.child(.callee)?.label == function
    }
    let arguments = call?.children(.arguments) ?? []
    guard position < arguments.count, arguments[position].kind == .name else { return nil }
    return arguments[position]
  }
}

/// A question whether a value is of one of some types, however the language spells it.
struct TypeCheck {
  let node: SourceNode
  let value: String
  let types: [String]

  init?(_ call: SourceNode, in source: Source, _ notation: Notation) {
    let arguments = call.children(.arguments)
    guard call.kind == .call, arguments.count == 2 else { return nil }
    node = call
    value = source.text(arguments[0])
    types =
      arguments[1].kind == .tuple
      ? arguments[1].children.map(source.text) : [source.text(arguments[1])]
    let spelled = Source.spelled(notation.isInstance(value, types))
    guard spelled == source.spelled(call) else { return nil }
  }

  /// The check of a test that holds where the value is of none of the types.
  init?(refusedBy test: SourceNode, in source: Source, _ notation: Notation) {
    guard test.kind == .unary, let inner = test.children.first else { return nil }
    self.init(inner, in: source, notation)
  }
}

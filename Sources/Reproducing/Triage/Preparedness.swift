import Failures
import Languages

/// Looks for code of the repository that is prepared for an exception: if some caller answers it and this one does not,
/// this one forgot to.
struct Preparedness {
  let scene: Scene

  /// The place of a handler that does not pass the exception on. For a type that is not the repository's own only
  /// attempts count that call what failed.
  func sibling(isOwn: Bool) throws -> SourceMatch? {
    let called = Set(
      scene.evidence.repositoryFrames.compactMap { scene.function($0)?.definition.name })
    for match in try scene.session.handlers([scene.typeName]) {
      guard let attempt = try attempt(at: match) else {
        if isOwn { return match }
        continue
      }
      if attempt.handler.passesOn { continue }
      let calls = attempt.body.flatMap(\.flattened).flatMap(\.expressions).flatMap(\.calls)
        .compactMap(\.name)
      if isOwn || !called.isDisjoint(with: calls) { return match }
    }
    return nil
  }

  private func attempt(at match: SourceMatch) throws -> (
    body: [Statement], handler: ExceptionHandler
  )? {
    let position = SourcePosition(path: match.path, function: "<any>", line: match.line)
    guard let function = try scene.session.locate([position]).first ?? nil else { return nil }
    for statement in function.definition.body.flatMap(\.flattened)
    where statement.lines.contains(match.line) {
      guard case .attempt(let body, let handlers, _, _) = statement.kind else { continue }
      for handler in handlers
      where handler.types.contains(where: { $0.spelledName == scene.typeName })
        && (handler.body.first?.lines.lowerBound ?? 0) >= match.line
      {
        return (body, handler)
      }
    }
    return nil
  }
}

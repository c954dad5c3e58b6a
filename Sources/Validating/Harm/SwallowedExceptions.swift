import Languages

/// An exception that nobody hears of any more.
///
/// A new handler that neither raises nor acts is what a reviewer fears most: the failure is gone, and so is what it said. What
/// a handler *gives* is weighed by ``InventedAnswers``.
enum SwallowedExceptions {
  @Sendable static func findings(_ scene: HarmScene, _ change: FileChange) -> [Finding] {
    guard let after = change.after else { return [] }
    var found: [Finding] = []
    for index in change.added {
      switch after.node(index).kind {
      case .handler: found += handler(index, after, scene, change)
      case .with: found += suppression(index, after, scene, change)
      default: break
      }
    }
    return found
  }

  private static func handler(
    _ index: Int, _ after: Syntax, _ scene: HarmScene, _ change: FileChange
  ) -> [Finding] {
    let shape = HandlerShape(index, in: after, scene.conventions)
    let twins = before(change, scene)
    // A handler that only moved, or whose types were there with another body that also kept still, is no news.
    if twins.contains(where: { $0.types == shape.types && $0.body == shape.body }) { return [] }
    let extended =
      twins.first { $0.body == shape.body && Set($0.types).isSubset(of: shape.types) }
      ?? neighbour(of: index, shape, after, change, scene)
    let newTypes = shape.types.filter { !(extended?.types.contains($0) ?? false) }
    let place = change.place(index)
    let words = newTypes.isEmpty ? "everything" : newTypes.map { "`\($0)`" }.joined(separator: ", ")
    guard shape.answer != .raises else { return [] }
    if shape.types.isEmpty || newTypes.contains(where: scene.conventions.catchAll.contains) {
      let text =
        "\(place) catches \(words) and raises nothing: every other failure of that block is hidden too"
      return [shape.isTold ? .doubt(text) : .harm(text)]
    }
    if isImport(index, after) { return [] }
    if isOutage(newTypes, scene) {
      if shape.isTold { return [.note("\(place) tells of \(words) in its answer")] }
      return [
        .harm(
          "\(place) turns \(words), which says that something outside is not there, into an ordinary answer"
        )
      ]
    }
    if !protectsOldCode(index, after, change) {
      return [.note("\(place) handles \(words) of code that is new itself")]
    }
    let isGeneral = newTypes.contains(where: scene.conventions.general.contains)
    switch shape.answer {
    case .quiet:
      if extended != nil, !isGeneral {
        return [.note("\(place) treats \(words) as the handler already treats its other types")]
      }
      let hasEffects = protectsEffects(index, after, scene)
      return [
        isGeneral || hasEffects
          ? .harm("\(place) swallows \(words): it is neither raised nor answered")
          : .doubt("\(place) swallows \(words): it is neither raised nor answered")
      ]
    case .drops:
      return [
        extended != nil
          ? .doubt("\(place) drops what raises \(words), as it drops others")
          : .harm("\(place) drops what raises \(words) without a word")
      ]
    case .gives, .acts:
      guard extended != nil, isGeneral else { return [] }
      return [
        .doubt("\(place) answers \(words), which any statement may raise, as a case that it knew")
      ]
    case .raises: return []
    }
  }

  /// A handler that the same block had before, with the same body.
  private static func neighbour(
    of handler: Int, _ shape: HandlerShape, _ after: Syntax, _ change: FileChange,
    _ scene: HarmScene
  ) -> HandlerShape? {
    let attempt = after.places[handler].parent
    guard attempt >= 0 else { return nil }
    let fresh = Set(change.added)
    return after.children(attempt, .handlers).filter { $0 != handler && !fresh.contains($0) }
      .map { HandlerShape($0, in: after, scene.conventions) }.first { $0.body == shape.body }
  }

  /// Whether any statement below the attempt was there before: what new code does with its own exceptions hides nothing.
  private static func protectsOldCode(
    _ handler: Int, _ after: Syntax, _ change: FileChange
  ) -> Bool {
    let attempt = after.places[handler].parent
    guard attempt >= 0, let before = change.before else { return true }
    let function = change.function(around: handler).flatMap { before.functions[$0] }
    let range = function.map(before.inside) ?? before.places.indices
    let old = Set(range.map { before.places[$0].shape })
    return after.children(attempt, .body).contains { statement in
      ([statement] + Array(after.inside(statement))).contains { index in
        [.call, .binary, .item, .attribute, .comparison].contains(after.node(index).kind)
          && old.contains(after.places[index].shape)
      }
    }
  }

  private static func before(_ change: FileChange, _ scene: HarmScene) -> [HandlerShape] {
    guard let before = change.before else { return [] }
    return before.places.indices.filter { before.node($0).kind == .handler }
      .map { HandlerShape($0, in: before, scene.conventions) }
  }

  private static func isOutage(_ types: [String], _ scene: HarmScene) -> Bool {
    types.contains(where: scene.conventions.outages.contains)
  }

  /// A name that one version has and another has not is imported from elsewhere.
  private static func isImport(_ handler: Int, _ after: Syntax) -> Bool {
    after.children(handler, .body).allSatisfy { after.node($0).kind == .importing }
  }

  private static func protectsEffects(_ handler: Int, _ after: Syntax, _ scene: HarmScene) -> Bool {
    let attempt = after.places[handler].parent
    guard attempt >= 0 else { return false }
    return after.children(attempt, .body).contains { statement in
      ([statement] + Array(after.inside(statement))).contains {
        Effect(at: $0, in: after, scene.conventions)?.strength == .strong
      }
    }
  }

  private static func suppression(
    _ index: Int, _ after: Syntax, _ scene: HarmScene, _ change: FileChange
  ) -> [Finding] {
    let fresh = Set(change.added)
    return after.children(index).compactMap { resource in
      guard fresh.contains(resource), after.node(resource).kind == .call,
        scene.conventions.meaning(after.callee(resource)) == .suppression
      else { return nil }
      return .harm("\(change.place(index)) suppresses exceptions: a failure there leaves no trace")
    }
  }
}

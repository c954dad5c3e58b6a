import Languages

/// An effect that is still there and no longer always happens: a new early exit before it, or a new test around it.
///
/// Four things speak for such a change: the function left in this way before that effect already; another function answers the
/// same test with the same exit; the effect is about the very thing that the test found empty; the effect keeps a value that could
/// not be worked out there. A call for its own sake that failed aloud and is skipped in silence is a loss all the same.
enum SkippedEffects {
  @Sendable static func findings(_ scene: HarmScene, _ change: FileChange) -> [Finding] {
    guard let before = change.before, let after = change.after else { return [] }
    let functions = before.functions
    let failed =
      ProtectionProof(change, lineage: scene.lineage, notation: scene.notation)?.tests ?? []
    var found: [Finding] = []
    for (name, function) in after.functions.sorted(by: { $0.key < $1.key })
    where change.functions.contains(name) {
      guard let old = functions[name] else { continue }
      let known = effects(in: old, before, scene)
      let effects = effects(in: function, after, scene).filter { effect in
        known.contains { $0.effect.key == effect.effect.key }
      }
      found += exits(function, known, effects, scene, change)
      found += tests(function, effects, known, failed, scene, change)
    }
    return found
  }

  typealias Placed = (index: Int, effect: Effect)

  private static func effects(in function: Int, _ syntax: Syntax, _ scene: HarmScene) -> [Placed] {
    syntax.inside(function).compactMap { index in
      guard syntax.function(index) == function,
        let effect = Effect(at: index, in: syntax, scene.conventions), effect.strength > .weak
      else { return nil }
      return (index, effect)
    }
  }

  private static func finding(_ strength: Effect.Strength, _ text: String) -> Finding {
    strength == .strong ? .harm(text) : .doubt(text)
  }

  // MARK: early exits

  private static func exits(
    _ function: Int, _ known: [Placed], _ effects: [Placed], _ scene: HarmScene,
    _ change: FileChange
  ) -> [Finding] {
    guard let before = change.before, let after = change.after else { return [] }
    var found: [Finding] = []
    for index in after.inside(function) where after.function(index) == function {
      let kind = after.node(index).kind
      guard [.give, .proceed, .leave].contains(kind),
        let step = after.guards(index).first(where: { $0.kind != .loop }), change.isNew(step)
      else { continue }
      let skipped = effects.filter { isSkipped($0.index, by: index, step, after) }
      guard let worst = skipped.max(by: { $0.effect.strength < $1.effect.strength }) else {
        continue
      }
      let text =
        "\(change.place(index)) leaves before `\(after.text(worst.index).brief)`, which is then not done"
      if isCustom(index, worst.effect, before, known, after) {
        found.append(.note(text + "; the function left like this before"))
      } else if let place = sibling(of: step, exit: index, after, before, change) {
        found.append(.note(text + "; \(place) answers the same test in the same way"))
      } else if isAbout(step, worst.index, after, scene) {
        found.append(.note(text + "; there is nothing to do it with"))
      } else if doesElse(index, after, scene) {
        found.append(.doubt(text + ": something else is done"))
      } else {
        found.append(finding(worst.effect.strength, text))
      }
    }
    return found
  }

  /// Whether an exit gives what another call of the same receiver does: then something is done, though another thing.
  private static func doesElse(_ exit: Int, _ after: Syntax, _ scene: HarmScene) -> Bool {
    guard after.node(exit).kind == .give, let value = after.children(exit).first,
      after.node(value).kind == .call, scene.conventions.meaning(after.callee(value)) == nil
    else { return false }
    return after.callee(value).split(separator: ".").count == 2
  }

  private static func isSkipped(
    _ effect: Int, by exit: Int, _ step: GuardStep, _ after: Syntax
  ) -> Bool {
    // Only what comes behind the whole test can be skipped by it.
    guard effect >= after.places[step.index].end else { return false }
    guard after.node(exit).kind != .give else { return true }
    let loops = after.around(exit).filter { [.forEach, .loop].contains(after.node($0).kind) }
    guard let loop = loops.first else { return false }
    return effect < after.places[loop].end
  }

  /// Whether the function left with the same words before that effect already.
  private static func isCustom(
    _ exit: Int, _ effect: Effect, _ before: Syntax, _ known: [Placed], _ after: Syntax
  ) -> Bool {
    guard let first = known.first(where: { $0.effect.key == effect.key })?.index,
      let function = before.function(first)
    else { return false }
    return (function..<first).contains {
      before.places[$0].shape == after.places[exit].shape
    }
  }

  /// Another function that has the same test with the same exit.
  private static func sibling(
    of step: GuardStep, exit: Int, _ after: Syntax, _ before: Syntax, _ change: FileChange
  ) -> String? {
    for index in before.places.indices {
      guard before.places[index].shape == after.places[exit].shape,
        before.guards(index).contains(where: { $0.shape == step.shape }),
        let function = before.function(index)
      else { continue }
      return "`\(before.name(of: function))`"
    }
    return nil
  }

  /// Whether the test asks for the emptiness of something that the effect is given.
  private static func isAbout(
    _ step: GuardStep, _ effect: Int, _ after: Syntax, _ scene: HarmScene
  ) -> Bool {
    guard let test = after.child(step.index, .test),
      after.question(test, nothing: scene.notation.nothing) == .absence
    else { return false }
    let asked = Set(
      ([test] + Array(after.inside(test))).filter { after.node($0).kind == .name }
        .map { after.node($0).label })
    let empty = scene.crashState.filter { $0.condition == .empty }.map(\.source)
    return asked.contains { name in
      empty.contains(name)
        && after.inside(effect).contains {
          after.node($0).kind == .name && after.node($0).label == name
        }
    }
  }

  // MARK: new tests

  private static func tests(
    _ function: Int, _ effects: [Placed], _ known: [Placed], _ failed: Set<Int>,
    _ scene: HarmScene, _ change: FileChange
  ) -> [Finding] {
    guard let after = change.after, let before = change.before else { return [] }
    return effects.compactMap { placed in
      let steps = after.guards(placed.index).filter {
        ($0.kind == .then || $0.kind == .otherwise) && change.isNew($0)
      }
      guard let step = steps.first, !isNewCopy(placed, known, before, change) else { return nil }
      // The other arm does the same, or refuses aloud.
      let others = other(arm: step, after)
      let isDone = others.contains { index in
        ([index] + Array(after.inside(index))).contains { inner in
          after.node(inner).kind == .fail
            || Effect(at: inner, in: after, scene.conventions)?.key == placed.effect.key
        }
      }
      guard !isDone else { return nil }
      let text =
        "\(change.place(placed.index)) `\(after.text(placed.index).brief)` is done under a new condition only"
      if isAbout(step, placed.index, after, scene) {
        return .note(text + "; there is nothing to do it with otherwise")
      }
      if placed.effect.strength < .strong, failed.contains(step.index) {
        return .note(text + "; otherwise it could not be worked out")
      }
      return finding(placed.effect.strength, text)
    }
  }

  /// An effect that was added beside those that were there is not a loss.
  private static func isNewCopy(
    _ placed: Placed, _ known: [Placed], _ before: Syntax, _ change: FileChange
  ) -> Bool {
    guard let after = change.after else { return false }
    let function = change.function(around: placed.index)
    let now = after.places.indices.filter { index in
      guard let effect = Effect(at: index, in: after, .none) else { return false }
      return effect.key == placed.effect.key && change.function(around: index) == function
    }
    return now.count > known.count { $0.effect.key == placed.effect.key }
  }

  private static func other(arm step: GuardStep, _ after: Syntax) -> [Int] {
    after.children(step.index, step.kind == .then ? .otherwise : .body)
  }
}

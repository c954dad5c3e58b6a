import Languages

/// An effect that the code had and no longer has: a write or a call for its own sake that was deleted.
enum LostEffects {
  @Sendable static func findings(_ scene: HarmScene, _ change: FileChange) -> [Finding] {
    guard let before = change.before else { return [] }
    // What moved to another function or file of the patch is still there.
    var left: [String: Int] = [:]
    for other in scene.changes {
      guard let after = other.after else { continue }
      for effect in effects(after, scene.conventions) { left[effect.key, default: 0] += 1 }
    }
    var had: [String: Int] = [:]
    for other in scene.changes {
      guard let tree = other.before else { continue }
      for effect in effects(tree, scene.conventions) { had[effect.key, default: 0] += 1 }
    }
    let gone = Set(change.removed)
    return before.places.indices.compactMap { index in
      guard gone.contains(index), let effect = Effect(at: index, in: before, scene.conventions),
        effect.strength > .weak, left[effect.key, default: 0] < had[effect.key, default: 0]
      else { return nil }
      let line = before.node(index).span.lines.lowerBound
      let text = "\(change.path):\(line) `\(before.text(index).brief)` is gone"
      let isReplaced = replaces(effect, at: index, before, change, scene)
      if isReplaced { return .note(text + ", another stands in its place") }
      return effect.strength == .strong ? .harm(text) : .doubt(text)
    }
  }

  static func effects(_ syntax: Syntax, _ conventions: Conventions) -> [Effect] {
    syntax.places.indices.compactMap { Effect(at: $0, in: syntax, conventions) }
  }

  /// Whether the function has a new effect of the same strength on the same receiver.
  private static func replaces(
    _ effect: Effect, at index: Int, _ before: Syntax, _ change: FileChange, _ scene: HarmScene
  ) -> Bool {
    guard let after = change.after, let function = before.function(index) else { return false }
    let name = before.name(of: function)
    return change.added.contains { new in
      guard let other = Effect(at: new, in: after, scene.conventions),
        other.strength >= effect.strength, change.function(around: new) == name
      else { return false }
      return other.key.receiver == effect.key.receiver
    }
  }
}

extension String {
  /// Of an effect's key: the first name of what is called or written to.
  fileprivate var receiver: Substring {
    drop { $0 != " " }.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
  }
}

import Languages

/// A conversion that makes an ordinary value of the missing one.
enum LossyConversions {
  @Sendable static func findings(_ scene: HarmScene, _ change: FileChange) -> [Finding] {
    guard let after = change.after else { return [] }
    let missing = Set(
      scene.crashState.filter { $0.condition == .null || $0.condition == .missing }
        .map { $0.source.filter { !$0.isWhitespace } })
    return change.added.compactMap { index in
      guard after.node(index).kind == .call,
        scene.conventions.meaning(after.callee(index)) == .conversion,
        let argument = after.children(index, .arguments).first,
        missing.contains(after.text(argument).filter { !$0.isWhitespace })
      else { return nil }
      return .harm(
        "\(change.place(index)) `\(after.text(index).brief)` makes a value of what is missing")
    }
  }
}

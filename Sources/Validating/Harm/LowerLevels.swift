import Languages

/// A line of the log that is said with another weight.
enum LowerLevels {
  @Sendable static func findings(_ scene: HarmScene, _ change: FileChange) -> [Finding] {
    guard let before = change.before, let after = change.after else { return [] }
    let lost = logs(change.removed, before, scene)
    return logs(change.added, after, scene).compactMap { new in
      guard let old = lost.first(where: { $0.arguments == new.arguments && $0.level != new.level })
      else { return nil }
      return .doubt(
        "\(change.place(new.index)) logs as `\(new.level)` what was logged as `\(old.level)`")
    }
  }

  private static func logs(
    _ indices: [Int], _ syntax: Syntax, _ scene: HarmScene
  ) -> [(index: Int, level: String, arguments: [Int])] {
    indices.compactMap { index in
      guard syntax.node(index).kind == .call,
        case .logging(let level) = scene.conventions.meaning(syntax.callee(index))
      else { return nil }
      return (index, level, syntax.children(index, .arguments).map { syntax.places[$0].shape })
    }
  }
}

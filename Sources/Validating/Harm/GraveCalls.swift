import Languages

/// Something that a mend should not begin to do: run text, start programs, wait, look for tests, change the interpreter.
enum GraveCalls {
  @Sendable static func findings(_ scene: HarmScene, _ change: FileChange) -> [Finding] {
    guard let after = change.after else { return [] }
    var found: [Finding] = []
    for index in change.added {
      let node = after.node(index)
      switch node.kind {
      case .call:
        let callee = after.callee(index)
        guard !isCustom(callee, change) else { break }
        switch scene.conventions.meaning(callee) {
        case .grave(let reason):
          found.append(.harm("\(change.place(index)) calls `\(callee.brief)`, which \(reason)"))
        case .odd(let reason):
          found.append(.doubt("\(change.place(index)) calls `\(callee.brief)`, which \(reason)"))
        default: break
        }
      case .attribute:
        let text = after.text(index).filter { !$0.isWhitespace }
        if case .grave(let reason) = scene.conventions.meaning(text), node.role != .callee,
          !isCustom(text, change)
        {
          found.append(.harm("\(change.place(index)) uses `\(text.brief)`, which \(reason)"))
        }
      case .name, .literal, .importing:
        let words = after.text(index).split { !($0.isLetter || $0.isNumber || $0 == "_") }
        if let mark = words.first(where: { scene.conventions.testMarks.contains(String($0)) }),
          node.kind != .literal || words.count == 1
        {
          found.append(
            .harm(
              "\(change.place(index)) names `\(mark)`: code that knows its tests proves nothing"))
        }
      default: break
      }
    }
    return found
  }

  /// Whether the file did so before.
  private static func isCustom(_ callee: String, _ change: FileChange) -> Bool {
    guard let before = change.before else { return false }
    return before.places.indices.contains {
      before.node($0).kind == .call && before.callee($0) == callee
    }
  }
}

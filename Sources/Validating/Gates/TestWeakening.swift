import Languages

/// Whether a change of tests asks for less than they did.
///
/// New tests and new lines are welcome, and a mark that kept a test from counting may go: the fix is what it waited for. What an
/// existing test did may not go or change: whether its expectation was wrong is not for the author of a fix to say.
struct TestWeakening {
  let conventions: Conventions

  init(_ conventions: Conventions) { self.conventions = conventions }

  func findings(_ change: FileChange) -> [Finding] {
    guard let before = change.before else { return skips(change) }
    guard let after = change.after else { return [] }
    let names = after.functions
    var found: [Finding] = []
    for (name, function) in before.functions.sorted(by: { $0.key < $1.key })
    where names[name] == nil {
      let line = before.node(function).span.lines.lowerBound
      found.append(.harm("\(change.path):\(line) `\(name)` is removed from the tests"))
    }
    for index in change.removed {
      guard let function = before.function(index), names[before.name(of: function)] != nil,
        isLeaf(index, before), !isMark(index, before)
      else { continue }
      let line = before.node(index).span.lines.lowerBound
      found.append(
        .harm(
          "\(change.path):\(line) what `\(before.name(of: function))` does or expects is changed"))
    }
    found += exits(change, before, after)
    var seen: Set<String> = []
    return (found + skips(change)).filter { seen.insert($0.text).inserted }
  }

  /// Whether it is part of a mark that kept the test from counting.
  private func isMark(_ index: Int, _ syntax: Syntax) -> Bool {
    syntax.around(index).contains { outer in
      syntax.node(outer).kind == .decorator
        && syntax.inside(outer).contains { conventions.skips.contains(syntax.node($0).label) }
    }
  }

  private func isLeaf(_ index: Int, _ syntax: Syntax) -> Bool {
    syntax.children(index).isEmpty
      || [.evaluate, .bind, .check, .fail, .give].contains(syntax.node(index).kind)
  }

  /// A test that leaves early no longer asks what stands behind.
  private func exits(_ change: FileChange, _ before: Syntax, _ after: Syntax) -> [Finding] {
    let known = before.functions
    return change.added.compactMap { index in
      guard [.give, .proceed, .leave].contains(after.node(index).kind),
        let name = change.function(around: index), known[name] != nil
      else { return nil }
      return .harm("\(change.place(index)) `\(name)` leaves early now")
    }
  }

  private func skips(_ change: FileChange) -> [Finding] {
    guard let after = change.after else { return [] }
    return change.added.compactMap { index in
      let node = after.node(index)
      guard [.name, .attribute].contains(node.kind), conventions.skips.contains(node.label) else {
        return nil
      }
      return .harm("\(change.place(index)) `\(node.label)` keeps a test from counting")
    }
  }
}

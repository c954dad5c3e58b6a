import Languages

/// What the function itself says of no items, where the patch answers for no items.
extension AnswerEvidence {
  func ofNothing(_ site: InventedAnswers.Site, _ before: Syntax) -> String? {
    guard let function = oldFunction(site, before),
      let step = site.step ?? after.guards(site.place).first(where: { $0.kind != .loop }),
      let test = after.child(step.index, .test),
      after.question(test, nothing: scene.notation.nothing) == .absence
    else { return nil }
    return otherFigure(site, function, before) ?? emptyLoop(site, test, function, before)
  }

  /// Another figure of no items: `max(totals, default=0)`.
  private func otherFigure(
    _ site: InventedAnswers.Site, _ function: Int, _ before: Syntax
  ) -> String? {
    for index in before.inside(function)
    where before.node(index).kind == .argument
      && before.node(index).label == scene.conventions.emptyDefault
      && isEqual(before.children(index).last, site, before)
    {
      return
        "another figure of no items is that in line \(before.node(index).span.lines.lowerBound)"
    }
    return nil
  }

  /// What a loop over no items leaves: the function gives a collection that begins as this and is filled in loops over the very
  /// thing that is asked for.
  private func emptyLoop(
    _ site: InventedAnswers.Site, _ test: Int, _ function: Int, _ before: Syntax
  ) -> String? {
    guard site.isAnswer, after.node(test).kind == .unary,
      let asked = after.children(test).first, after.node(asked).kind == .name,
      let last = before.children(function, .body).last, before.node(last).kind == .give,
      let result = before.children(last).first, before.node(result).kind == .name
    else { return nil }
    let name = before.node(result).label
    let beginnings = before.bindings(of: name, in: function)
    guard beginnings.count == 1, isEqual(beginnings[0], site, before), before.isFresh(beginnings[0])
    else { return nil }
    let isFilled = before.children(function, .body).contains { loop in
      guard before.node(loop).kind == .forEach, let items = before.child(loop, .iterable) else {
        return false
      }
      return before.text(items).contains(after.node(asked).label)
        && before.inside(loop).contains {
          before.node($0).kind == .name && before.node($0).label == name
        }
    }
    return isFilled
      ? "`\(name)` begins as that and is filled in a loop over what is not there" : nil
  }
}

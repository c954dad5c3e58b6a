import Languages

/// An item that is added up no longer, because something of it is missing.
///
/// To pass it over is to count it as nothing. Whether a sum without it is still the sum is for a person, as it is where a patch
/// writes that zero down: see ``InventedAnswers``.
enum OmittedItems {
  /// A test that decides whether something is added up.
  private struct Omission {
    var test: Int
    /// What is added up: `total += item`, or the comprehension that is given to a sum.
    var total: Int
    /// What is around both.
    var loop: Int
  }

  @Sendable static func findings(_ scene: HarmScene, _ change: FileChange) -> [Finding] {
    guard let before = change.before, let after = change.after else { return [] }
    let known = omissions(before, scene.conventions).map { before.places[$0.test].shape }
    return omissions(after, scene.conventions).compactMap { omission in
      guard change.added.contains(omission.test), isAboutItem(omission, after, scene) else {
        return nil
      }
      let text =
        "\(change.place(omission.test)) leaves items out of `\(after.text(omission.total).brief)`"
      return known.contains(after.places[omission.test].shape)
        ? .note(text + "; so does other code of this file")
        : .doubt(text)
    }
  }

  // MARK: tests before what is added up

  private static func omissions(_ syntax: Syntax, _ conventions: Conventions) -> [Omission] {
    syntax.places.indices.flatMap { index -> [Omission] in
      switch syntax.node(index).kind {
      case .update: omissions(before: index, syntax)
      case .comprehension where isSummed(index, syntax, conventions):
        syntax.children(index, .clauses).flatMap { syntax.children($0, .test) }.map {
          Omission(test: $0, total: index, loop: index)
        }
      default: []
      }
    }
  }

  /// The tests around `total += item`, and those before it that go on with the next item.
  private static func omissions(before total: Int, _ syntax: Syntax) -> [Omission] {
    let steps = syntax.guards(total)
    guard let loop = steps.first(where: { $0.kind == .loop })?.index else { return [] }
    let around = steps.prefix { $0.kind != .loop }.map(\.index)
    let exits = syntax.inside(loop).filter { $0 < total && syntax.node($0).kind == .proceed }
      .compactMap { syntax.guards($0).first { $0.kind == .then }?.index }
    return (around + exits).compactMap { syntax.child($0, .test) }.map {
      Omission(test: $0, total: total, loop: loop)
    }
  }

  private static func isSummed(
    _ items: Int, _ syntax: Syntax, _ conventions: Conventions
  ) -> Bool {
    syntax.around(items).prefix(2).contains {
      syntax.node($0).kind == .call && conventions.summing.contains(syntax.callee($0))
    }
  }

  // MARK: what a test asks

  /// Whether the test asks for the absence of something that is added up.
  private static func isAboutItem(
    _ omission: Omission, _ syntax: Syntax, _ scene: HarmScene
  ) -> Bool {
    guard syntax.question(omission.test, nothing: scene.notation.nothing) == .absence else {
      return false
    }
    var asked = Set(operands(of: omission.test, syntax).map { syntax.places[$0].shape })
    // What is worked out of it inside the loop is it too.
    for index in syntax.inside(omission.loop)
    where syntax.node(index).kind == .bind && index < omission.total {
      guard let value = syntax.child(index, .value), holds(value, asked, syntax) else { continue }
      asked.formUnion(syntax.children(index, .target).map { syntax.places[$0].shape })
    }
    let item = syntax.child(omission.total, .value) ?? omission.total
    return holds(item, asked, syntax)
  }

  private static func holds(_ index: Int, _ shapes: Set<Int>, _ syntax: Syntax) -> Bool {
    ([index] + Array(syntax.inside(index))).contains {
      shapes.contains(syntax.places[$0].shape) && syntax.node($0).role != .target
    }
  }

  /// The names, attributes and entries that a test asks about.
  private static func operands(of test: Int, _ syntax: Syntax) -> [Int] {
    switch syntax.node(test).kind {
    case .name, .attribute, .item: [test]
    case .unary, .boolean, .comparison: syntax.children(test).flatMap { operands(of: $0, syntax) }
    default: []
    }
  }
}

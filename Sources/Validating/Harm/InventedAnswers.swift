import Languages

/// A value that the patch makes up for the failing input: a constant that is given, bound or fallen back on.
///
/// Wrong fixes are mostly right guards with a wrong value. A constant is taken for evidence-based where the code says it
/// elsewhere, see ``AnswerEvidence``; where nothing does, a person has to decide.
enum InventedAnswers {
  /// A constant, and what it is said of.
  struct Site: Sendable {
    /// The place of the constant; `nil` where nothing is written, which means the missing value.
    var value: Int?
    /// The place of the statement or call.
    var place: Int
    /// The key, variable or attribute that gets it; empty for a function's answer.
    var subjects: [String]
    /// The test or handler under which it is given.
    var step: GuardStep?
    var isAnswer: Bool
  }

  @Sendable static func findings(_ scene: HarmScene, _ change: FileChange) throws -> [Finding] {
    guard let after = change.after else { return [] }
    let all = change.added.flatMap { sites(at: $0, after, scene, change) }
    return try all.map { site in
      let word = site.value.map { after.text($0).brief } ?? scene.notation.nothing
      let evidence = AnswerEvidence(scene: scene, change: change, after: after)
      let what =
        site.isAnswer
        ? "answers with `\(word)`"
        : "takes `\(word)` for \(site.subjects.first.map { "`\($0.brief)`" } ?? "what is missing")"
      if site.isAnswer, word == scene.notation.nothing, let declared = evidence.forbids(site) {
        return .harm(
          "\(change.place(site.place)) \(what), where the function is declared to give `\(declared.brief)`"
        )
      }
      if let reason = try evidence.reason(for: site) {
        return .note("\(change.place(site.place)) \(what): \(reason)")
      }
      return .doubt("\(change.place(site.place)) \(what), for which nothing in the code speaks")
    }
  }

  // MARK: sites

  private static func sites(
    at index: Int, _ after: Syntax, _ scene: HarmScene, _ change: FileChange
  ) -> [Site] {
    let node = after.node(index)
    switch node.kind {
    case .give: return give(index, after, scene, change)
    case .call: return lookup(index, after, scene)
    case .boolean where node.label.hasPrefix("or") || node.label == "||":
      guard let last = after.children(index).last, let first = after.children(index).first,
        isConstant(last, after, scene.conventions), isValue(index, after)
      else { return [] }
      return [
        Site(
          value: last, place: index, subjects: subjects(first, after), step: nil, isAnswer: false)
      ]
    case .conditional:
      return after.children(index).filter { after.node($0).role != .test }.compactMap { arm in
        guard isConstant(arm, after, scene.conventions) else { return nil }
        let test = after.child(index, .test)
        let names = test.map { subjects($0, after) } ?? []
        let target = target(of: index, after)
        return Site(
          value: arm, place: index, subjects: target + names,
          step: test.map { GuardStep(kind: .then, index: index, shape: after.places[$0].shape) },
          isAnswer: after.places[index].parent >= 0
            && after.node(after.places[index].parent).kind == .give)
      }
    case .bind: return bind(index, after, scene, change)
    default: return []
    }
  }

  private static func give(
    _ index: Int, _ after: Syntax, _ scene: HarmScene, _ change: FileChange
  ) -> [Site] {
    let value = after.children(index).first
    let step = after.guards(index).first { $0.kind != .loop }
    if let step, step.kind == .handler,
      HandlerShape(step.index, in: after, scene.conventions).isTold
    {
      return []
    }
    if let value {
      // What was asked for nothing and is given back is nothing.
      let isSame = step.map { gives(back: value, $0, after, scene) } ?? false
      guard isConstant(value, after, scene.conventions) || isSame else { return [] }
    } else {
      guard let function = after.function(index), answers(function, after) else { return [] }
    }
    return [Site(value: value, place: index, subjects: [], step: step, isAnswer: true)]
  }

  private static func gives(
    back value: Int, _ step: GuardStep, _ after: Syntax, _ scene: HarmScene
  ) -> Bool {
    guard step.kind == .then, let test = after.child(step.index, .test),
      after.node(test).kind == .comparison, after.node(value).kind == .name
    else { return false }
    let parts = after.children(test)
    return parts.contains { after.text($0) == scene.notation.nothing }
      && parts.contains { after.places[$0].shape == after.places[value].shape }
  }

  /// Whether a function gives a value anywhere.
  private static func answers(_ function: Int, _ after: Syntax) -> Bool {
    after.inside(function).contains {
      after.node($0).kind == .give && after.function($0) == function
        && after.children($0).first.map { after.node($0).label != "null" } ?? false
    }
  }

  private static func lookup(_ index: Int, _ after: Syntax, _ scene: HarmScene) -> [Site] {
    guard scene.conventions.meaning(after.callee(index)) == .lookup else { return [] }
    let callee = after.callee(index)
    let arguments = after.children(index, .arguments)
    let hasObject = !callee.contains(".")
    let key = hasObject ? 1 : 0
    guard arguments.count > key else { return [] }
    let names = [after.text(arguments[key]).unquoted]
    if arguments.count > key + 1 {
      let standard = inner(arguments[key + 1], after)
      guard isConstant(standard, after, scene.conventions) else { return [] }
      return [Site(value: standard, place: index, subjects: names, step: nil, isAnswer: false)]
    }
    guard callee.hasSuffix(".get"), !isTested(index, after, scene) else { return [] }
    return [Site(value: nil, place: index, subjects: names, step: nil, isAnswer: false)]
  }

  /// Whether what is looked up is only asked for, or replaced where it is missing.
  private static func isTested(_ index: Int, _ after: Syntax, _ scene: HarmScene) -> Bool {
    for outer in after.around(index).prefix(3) {
      let node = after.node(outer)
      if [.comparison, .boolean, .unary, .assigned].contains(node.kind) { return true }
      if node.role == .test { return true }
    }
    guard after.node(index).role != .test else { return true }
    // `found = map.get(key)`, and then a test of `found`.
    let statement = after.places[index].parent
    guard statement >= 0, after.node(statement).kind == .bind,
      let name = after.child(statement, .target).map({ after.text($0) }),
      let function = after.function(index)
    else { return false }
    return after.inside(function).contains {
      after.node($0).role == .test && $0 > index
        && ([$0] + Array(after.inside($0))).contains {
          after.node($0).kind == .name && after.text($0) == name
        }
    }
  }

  private static func bind(
    _ index: Int, _ after: Syntax, _ scene: HarmScene, _ change: FileChange
  ) -> [Site] {
    guard let value = after.child(index, .value),
      isConstant(value, after, scene.conventions),
      let step = after.guards(index).first(where: { $0.kind != .loop && change.isNew($0) })
    else { return [] }
    let subjects = target(of: value, after)
    if step.kind == .handler {
      guard !HandlerShape(step.index, in: after, scene.conventions).isTold else { return [] }
    } else {
      // A test of the same thing: its value stands for what is missing. Else it is a case of its own.
      guard let test = after.child(step.index, .test),
        !Set(Self.subjects(test, after)).isDisjoint(with: subjects), !isContainer(index, after),
        !isAsked(test, of: subjects, after, change)
      else { return [] }
    }
    return [Site(value: value, place: index, subjects: subjects, step: step, isAnswer: false)]
  }

  /// Whether the code asked the same of the same thing before: then it is a case of its own, and no stand-in.
  private static func isAsked(
    _ test: Int, of subjects: [String], _ after: Syntax, _ change: FileChange
  ) -> Bool {
    guard let before = change.before,
      let function = change.function(around: test).flatMap({ before.functions[$0] })
    else { return false }
    let parts = [test] + Array(after.inside(test))
    let asked = parts.filter { part in
      [.comparison, .call].contains(after.node(part).kind)
        && !Set(Self.subjects(part, after)).isDisjoint(with: subjects)
    }.map { after.places[$0].shape }
    return before.inside(function).contains { asked.contains(before.places[$0].shape) }
  }

  /// Whether an empty collection is bound to be filled: what follows writes into it.
  private static func isContainer(_ index: Int, _ after: Syntax) -> Bool {
    guard let value = after.child(index, .value), after.children(value).isEmpty,
      after.node(value).kind != .literal, let target = after.child(index, .target),
      let function = after.function(index)
    else { return false }
    let text = after.text(target).filter { !$0.isWhitespace }
    return after.inside(function).contains { place in
      guard place > index, after.node(place).role == .target,
        [.item, .attribute].contains(after.node(place).kind)
      else { return false }
      let written = after.text(place).filter { !$0.isWhitespace }
      return written.hasPrefix(text) && written.count > text.count
    }
  }

  // MARK: words

  /// The names that the statement around a value binds it to.
  private static func target(of value: Int, _ after: Syntax) -> [String] {
    let parent = after.places[value].parent
    guard parent >= 0, after.node(parent).kind == .bind else { return [] }
    return after.children(parent, .target).flatMap { subjects($0, after) }
  }

  /// What an expression is about: the last name, attribute or key in it.
  static func subjects(_ index: Int, _ after: Syntax) -> [String] {
    let node = after.node(index)
    switch node.kind {
    case .name, .attribute: return [node.label]
    case .literal: return node.label == "string" ? [after.text(index).unquoted] : []
    case .item:
      return after.children(index).last.map { [after.text($0).unquoted] } ?? []
    case .call:
      return after.children(index, .arguments).first.map { [after.text($0).unquoted] } ?? []
    case .comparison, .unary, .boolean, .tuple:
      return after.children(index).flatMap { subjects($0, after) }
    default: return []
    }
  }

  private static func inner(_ argument: Int, _ after: Syntax) -> Int {
    after.node(argument).kind == .argument ? after.children(argument).first ?? argument : argument
  }

  private static func isValue(_ index: Int, _ after: Syntax) -> Bool {
    after.node(index).role != .test
      && !after.around(index).prefix(2).contains { after.node($0).role == .test }
  }

  /// A literal, or a collection of literals, or an empty one.
  static func isConstant(_ index: Int, _ after: Syntax, _ conventions: Conventions) -> Bool {
    let node = after.node(index)
    switch node.kind {
    case .literal: return true
    case .unary: return after.children(index).allSatisfy { isConstant($0, after, conventions) }
    case .list, .tuple, .set, .map, .entry:
      return after.children(index).allSatisfy { isConstant($0, after, conventions) }
    case .call:
      return conventions.meaning(after.callee(index)) == .collection
        && after.children(index, .arguments).isEmpty
    default: return false
    }
  }
}

extension String {
  /// Without the quotes of a text's notation.
  var unquoted: String {
    guard let first, first == last, first == "\"" || first == "'", count > 1 else { return self }
    return String(dropFirst().dropLast())
  }
}

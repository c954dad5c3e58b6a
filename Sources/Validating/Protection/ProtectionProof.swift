import Languages

/// Proves of a change that it only reaches what failed before: the tree after is the tree before but for guards, and where a
/// guard acts, what stood there could not but fail. Inputs that worked then run the same statements as before.
///
/// What counts as a guard: a new branch before the statement that fails, a branch around it, a part of a condition before the
/// part that fails, a conditional expression around it, a handler around it.
struct ProtectionProof {
  /// New tests whose action is proven to happen only where the code failed, by their place in the tree after.
  private(set) var tests: Set<Int> = []
  /// What acts only where it failed, in words.
  private(set) var words: [String] = []
  private(set) var holds = false

  private let change: FileChange
  private let before: Syntax
  private let after: Syntax
  private let failing: CertainFailure
  private let facts: TestFacts
  private let lineage: Set<String>
  private let conventions: Conventions

  /// - Parameter lineage: the last names of the failure's type and of all that it inherits from.
  init?(_ change: FileChange, lineage: Set<String>, notation: Notation) {
    guard let before = change.before, let after = change.after else { return nil }
    self.change = change
    self.before = before
    self.after = after
    self.lineage = lineage
    conventions = notation.conventions
    failing = CertainFailure(
      syntax: before, conventions: conventions,
      isDivision: !lineage.isDisjoint(with: conventions.divisionFailures))
    facts = TestFacts(syntax: after, nothing: notation.nothing, conventions: conventions)
    holds = isKept(0, as: 0)
    if !holds { tests = [] }
  }

  // MARK: trees

  /// Whether a place after does what a place before did, wherever that did not fail.
  private mutating func isKept(_ old: Int, as new: Int) -> Bool {
    if before.places[old].shape == after.places[new].shape { return true }
    let known = (tests, words)
    if isKeptExpression(old, as: new) { return true }
    (tests, words) = known
    let (was, now) = (before.node(old), after.node(new))
    guard was.kind == now.kind, was.kind != .handler || isWider(old, new) else { return false }
    // Leaves of other texts are other code.
    guard was.label == now.label, !was.children.isEmpty, !now.children.isEmpty else { return false }
    let roles = [before.node(old), after.node(new)].map { $0.children.map(\.role) }
    for role in Set(roles.flatMap(\.self)) {
      if was.kind == .handler, role == .types { continue }
      let olds = before.children(old, role)
      let news = after.children(new, role)
      let isSame =
        Self.blocks.contains(role)
        ? isKept(olds[...], as: news[...])
        : olds.count == news.count && zip(olds, news).allSatisfy { isKept($0, as: $1) }
      if !isSame {
        (tests, words) = known
        return false
      }
    }
    return true
  }

  private static let blocks: Set<SourceNode.Role> = [.body, .otherwise, .finally]

  private mutating func isKept(_ olds: ArraySlice<Int>, as news: ArraySlice<Int>) -> Bool {
    var (olds, news) = (olds, news)
    while let new = news.first {
      let known = (tests, words)
      if let old = olds.first, isKept(old, as: new) {
        olds.removeFirst()
      } else if let taken = taken(olds, by: new) {
        olds.removeFirst(taken)
      } else {
        (tests, words) = known
        return false
      }
      news.removeFirst()
    }
    return olds.isEmpty
  }

  /// How many of the old statements a new one stands for: none for a guard before them, and for one around them those inside.
  private mutating func taken(_ olds: ArraySlice<Int>, by new: Int) -> Int? {
    let known = (tests, words)
    let body = after.children(new, .body)
    switch after.node(new).kind {
    case .importing: return 0
    case .branch where after.children(new, .otherwise).isEmpty:
      guard let test = after.child(new, .test) else { return nil }
      if isProven(test, holds: true, olds) {
        note(test, new)
        return 0
      }
      guard olds.count >= body.count, isKept(olds.prefix(body.count), as: body[...]),
        isProven(test, holds: false, olds.prefix(body.count))
      else {
        (tests, words) = known
        return nil
      }
      note(test, new)
      return body.count
    case .attempt where after.children(new, .finally).isEmpty:
      guard after.children(new, .otherwise).isEmpty, olds.count >= body.count,
        isKept(olds.prefix(body.count), as: body[...])
      else {
        (tests, words) = known
        return nil
      }
      words.append("line \(after.node(new).span.lines.lowerBound) handles what was raised there")
      return body.count
    default: return nil
    }
  }

  private mutating func isKeptExpression(_ old: Int, as new: Int) -> Bool {
    switch after.node(new).kind {
    case .conditional:
      guard let test = after.child(new, .test), let then = after.child(new, .body),
        let otherwise = after.child(new, .otherwise)
      else { return false }
      let isKept =
        isProven(test, holds: false, [old]) && isKept(old, as: then)
        || isProven(test, holds: true, [old]) && isKept(old, as: otherwise)
      if isKept { note(test, new) }
      return isKept
    case .boolean:
      let label = after.node(new).label
      let isAlike = before.node(old).kind == .boolean && before.node(old).label == label
      var olds = (isAlike ? before.children(old) : [old])[...]
      var added: [Int] = []
      for part in after.children(new) {
        if let next = olds.first, isKept(next, as: part) {
          olds.removeFirst()
        } else if let next = olds.first, isProven(part, holds: label == "or", [next]) {
          added.append(part)
        } else {
          return false
        }
      }
      for part in added { note(part, part) }
      return olds.isEmpty && !added.isEmpty
    default: return false
    }
  }

  /// Whether a handler takes what it took, and more.
  private func isWider(_ old: Int, _ new: Int) -> Bool {
    func types(_ syntax: Syntax, _ index: Int) -> Set<String> {
      Set(
        syntax.children(index, .types).flatMap { type in
          syntax.node(type).kind == .tuple
            ? syntax.children(type).map(syntax.flat) : [syntax.flat(type)]
        })
    }
    return types(before, old).isSubset(of: types(after, new))
  }

  // MARK: tests

  /// Whether the old statements fail in every way in which a test holds, or does not.
  private func isProven(_ test: Int, holds: Bool, _ olds: ArraySlice<Int>) -> Bool {
    guard let first = olds.first, !isPrepared(first) else { return false }
    return facts.ways(test, holds: holds).allSatisfy { failing.fails(olds, $0) }
  }

  /// Whether the function handles such a failure there: then it was no failure.
  private func isPrepared(_ old: Int) -> Bool {
    var inner = old
    for outer in before.around(old) {
      if before.node(outer).kind == .function { return false }
      if before.node(outer).kind == .attempt, before.node(inner).role == .body,
        before.children(outer, .handlers).contains(where: {
          before.handles($0, lineage, conventions)
        })
      {
        return true
      }
      inner = outer
    }
    return false
  }

  private mutating func note(_ test: Int, _ place: Int) {
    tests.insert(place)
    words.append(
      "`\(after.text(test).brief)` in line \(after.node(test).span.lines.lowerBound) acts only where the code failed"
    )
  }
}

extension Syntax {
  /// Whether a handler is reached by an exception of these types.
  func handles(_ handler: Int, _ lineage: Set<String>, _ conventions: Conventions) -> Bool {
    let types = children(handler, .types)
    guard !types.isEmpty else { return true }
    let names = types.flatMap { inside($0).map { $0 } + [$0] }.map { node($0).label }
    return names.contains { lineage.contains($0) || conventions.catchAll.contains($0) }
  }
}

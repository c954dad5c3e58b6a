import Languages

/// The conditions that a patch added or changed, made to protect less and more.
struct PatchedGuards {
  private(set) var changes: [NamedChange] = []
  private let hunks: [Hunk]
  private let after: Listing
  /// Texts of all statements and expressions of the lines that the patch took away, and of their conditions alone.
  private let old: Set<String>
  private let oldConditions: Set<String>
  private var ancestors: [SourceNode] = []
  private var names: [String] = []
  private var function: String?

  init(_ hunks: [Hunk], before: Listing, after: Listing) {
    self.hunks = hunks
    self.after = after
    let gone = before.file.root.flattened.filter { node in
      hunks.contains { $0.before.overlaps(node.span.lineRange) }
    }
    old = Set(gone.map(before.flatText))
    oldConditions = Set(gone.flatMap(\.conditions).map(before.flatText))
    guard !hunks.isEmpty else { return }
    visit(after.file.root)
  }

  private mutating func visit(_ node: SourceNode) {
    if isChanged(node) {
      guardChanges(of: node)
      if node.kind == .handler { handlerChanges(of: node) }
    }
    for child in node.children {
      let outer = (names, function)
      if child.role == .body, node.kind == .function || node.kind == .type {
        names.append(node.label)
        if node.kind == .function { function = names.joined(separator: ".") }
      }
      ancestors.append(node)
      visit(child)
      ancestors.removeLast()
      (names, function) = outer
    }
  }

  private func isChanged(_ node: SourceNode) -> Bool {
    hunks.contains { $0.after.overlaps(node.span.lineRange) }
  }

  private func isOld(_ node: SourceNode) -> Bool { old.contains(after.flatText(node)) }

  private func isOldCondition(_ node: SourceNode) -> Bool {
    oldConditions.contains(after.flatText(node))
  }

  // MARK: conditions

  /// What the condition stands before.
  private enum Direction {
    /// The guard acts when the condition holds: it answers, raises, sets something right.
    case actsWhenHeld
    /// What was there before is only done when the condition holds.
    case letsThrough
  }

  private mutating func guardChanges(of node: SourceNode) {
    for test in node.children(.test) where isChanged(test) && !isOldCondition(test) {
      let direction = direction(of: test, in: node)
      let notation = after.notation
      let (disabled, widened) =
        direction == .actsWhenHeld ? (notation.no, notation.yes) : (notation.yes, notation.no)
      // A loop that always goes on never ends.
      if !(node.kind == .loop && disabled == notation.yes) {
        add(test, disabled, PatchMutants.disableGuard)
      }
      if !(node.kind == .loop && widened == notation.yes) {
        add(test, widened, PatchMutants.widenGuard)
      }
      parts(of: test, below: node, holdsLess: direction == .actsWhenHeld, isWeaker: true)
      parts(of: test, below: node, holdsLess: direction != .actsWhenHeld, isWeaker: false)
    }
    valueGuard(node)
  }

  /// `a and a.b` guards its last operand, `a or b` its first.
  private mutating func valueGuard(_ node: SourceNode) {
    guard node.kind == .boolean, node.role != .test, !isOld(node), !isPartOfTest else { return }
    let site = MutationSite(listing: after, node: node, ancestors: ancestors)
    let operands = node.children(.operands)
    let guards = isConjunction(node) ? operands.indices.dropLast() : operands.indices.dropFirst()
    for place in guards {
      guard let change = site.dropping(place, of: operands) else { continue }
      add(node, change.replacement, PatchMutants.narrowGuard)
    }
  }

  private var isPartOfTest: Bool {
    for ancestor in ancestors.reversed() {
      if ancestor.role == .test { return true }
      guard ancestor.kind == .boolean || ancestor.isNegation else { return false }
    }
    return false
  }

  private func direction(of test: SourceNode, in owner: SourceNode) -> Direction {
    if owner.kind == .loop || owner.kind == .clause || owner.kind == .check
      || owner.kind == .comprehension
    {
      return .letsThrough
    }
    let branches = owner.children.filter { $0.role != .test }
    let then = branches.filter { branch in
      branch.role == .body
        || owner.kind == .conditional && branch.role != .otherwise
          && branch.span.bytes == branches.first?.span.bytes
    }
    if !then.contains(where: isChanged) { return changedDirection(of: test, then) }
    let isThenOld = then.contains(where: isOldCode)
    let isOtherwiseOld = branches.contains { !then.contains($0) && isOldCode($0) }
    if isThenOld == isOtherwiseOld, isThenOld { return changedDirection(of: test, then) }
    return isThenOld ? .letsThrough : .actsWhenHeld
  }

  /// The branches are as they were: the condition itself tells, or what it leads to.
  private func changedDirection(of test: SourceNode, _ then: [SourceNode]) -> Direction {
    if test.kind == .boolean, test.children(.operands).contains(where: isOldCondition) {
      return isConjunction(test) ? .letsThrough : .actsWhenHeld
    }
    let exits: Set<SourceNode.Kind> = [.give, .fail, .leave, .proceed]
    return then.last.map { exits.contains($0.kind) } == true ? .actsWhenHeld : .letsThrough
  }

  /// Whether the code was there before, in lines that were taken away or are as they were. A constant tells nothing.
  private func isOldCode(_ node: SourceNode) -> Bool {
    node.kind != .literal && (isOld(node) || !isChanged(node))
  }

  private func isConjunction(_ node: SourceNode) -> Bool {
    after.notation.all(["x", "y"]).split(separator: " ").contains { $0 == node.label }
  }

  // MARK: parts of a condition

  /// Drops operands and moves bounds so that the condition holds less often, or more often.
  private mutating func parts(
    of node: SourceNode, below owner: SourceNode, holdsLess: Bool, isWeaker: Bool
  ) {
    let operation = isWeaker ? PatchMutants.narrowGuard : PatchMutants.widenGuard
    let site = MutationSite(listing: after, node: node, ancestors: ancestors + [owner])
    switch node.kind {
    case .unary where node.isNegation:
      guard let operand = node.children.last else { return }
      parts(of: operand, below: node, holdsLess: !holdsLess, isWeaker: isWeaker)
    case .boolean:
      let operands = node.children(.operands)
      // Without an alternative it holds less, without a further condition more.
      if isConjunction(node) != holdsLess {
        for place in operands.indices where !isOldCondition(operands[place]) {
          if let change = site.dropping(place, of: operands) {
            add(node, change.replacement, operation)
          }
        }
      }
      for operand in operands where !isOldCondition(operand) {
        parts(of: operand, below: node, holdsLess: holdsLess, isWeaker: isWeaker)
      }
    case .comparison:
      let moved = holdsLess ? ["<=": "<", ">=": ">"] : ["<": "<=", ">": ">="]
      guard let pair = node.operandPair, let sign = moved[node.label], !site.isClamp(pair),
        let change = site.exchange(node.label, for: sign, after: pair.left, before: pair.right)
      else { return }
      add(node, change.replacement, operation)
    default: break
    }
  }

  /// Each type that the patch has a handler catch is not caught.
  private mutating func handlerChanges(of node: SourceNode) {
    let site = MutationSite(listing: after, node: node, ancestors: ancestors)
    for (type, change) in site.narrowedHandlers where isChanged(type) && !isOld(type) {
      changes.append(named(change.span, change.replacement, PatchMutants.narrowGuard))
    }
  }

  private mutating func add(_ node: SourceNode, _ replacement: String, _ operation: String) {
    guard after.text(node) != replacement else { return }
    changes.append(named(node.span, replacement, operation))
  }

  private func named(_ span: SourceSpan, _ replacement: String, _ operation: String) -> NamedChange
  {
    NamedChange(
      function: function, operation: operation, span: span, original: after.text(span.bytes),
      replacement: replacement)
  }
}

extension SourceSpan {
  /// Lines counted from 0.
  var lineRange: Range<Int> { (lines.lowerBound - 1)..<lines.upperBound }
}

extension SourceNode {
  /// The node's own conditions, with the operands of their connectives.
  fileprivate var conditions: [SourceNode] { children(.test).flatMap(\.conditionParts) }

  private var conditionParts: [SourceNode] {
    guard kind == .boolean || isNegation else { return [self] }
    return [self] + children.flatMap(\.conditionParts)
  }
}

import Languages

/// Whether code cannot but fail in a known state: only what is evaluated in any case counts.
struct CertainFailure {
  let syntax: Syntax
  let conventions: Conventions
  /// Whether the failure is that of a division by zero, as the last names of its types say.
  let isDivision: Bool

  /// Whether statements that stand one after the other fail: one of them does, and none before it leaves or touches what is known.
  func fails(_ statements: ArraySlice<Int>, _ facts: [StateFact]) -> Bool {
    let names = facts.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    for statement in statements.prefix(6) {
      if fails(statement, facts) { return true }
      guard [.bind, .update, .evaluate, .pass].contains(syntax.node(statement).kind),
        !syntax.inside(statement).contains(where: {
          syntax.node($0).kind == .name && names.contains(syntax.node($0).label)
        })
      else { return false }
    }
    return false
  }

  func fails(_ index: Int, _ facts: [StateFact]) -> Bool {
    guard !facts.isEmpty else { return false }
    let always = evaluated(index)
    return facts.contains { isRefused(index, $0) } || always.contains { fails($0, facts) }
  }

  /// What is evaluated whenever a place is.
  private func evaluated(_ index: Int) -> [Int] {
    switch syntax.node(index).kind {
    case .branch, .conditional, .loop: syntax.children(index, .test)
    case .forEach: syntax.children(index, .iterable)
    case .with: syntax.children(index, .value)
    case .boolean: Array(syntax.children(index).prefix(1))
    case .comparison: Array(syntax.children(index).prefix(2))
    case .check: syntax.children(index, .test)
    case .comprehension:
      syntax.children(index, .clauses).prefix(1).flatMap { syntax.children($0, .iterable) }
    case .function, .type, .closure, .attempt, .handler, .module, .literal, .annotation: []
    default: syntax.children(index)
    }
  }

  /// Whether what is done here with the thing that a fact is about cannot be done.
  private func isRefused(_ index: Int, _ fact: StateFact) -> Bool {
    let parts = syntax.children(index)
    switch syntax.node(index).kind {
    case .attribute:
      guard let base = parts.first.map(syntax.flat) else { return false }
      return fact == .nothing(base) || fact == .lacksAttribute(syntax.node(index).label, of: base)
    case .item: return parts.count == 2 && item(parts[0], parts[1], fact)
    case .call: return call(index, fact)
    case .forEach:
      return syntax.child(index, .iterable).map { fact == .nothing(syntax.flat($0)) } ?? false
    case .spread, .awaited: return parts.contains { fact == .nothing(syntax.flat($0)) }
    case .unary:
      return syntax.node(index).label != "not"
        && parts.contains { fact == .nothing(syntax.flat($0)) }
    case .binary, .update: return parts.count == 2 && operation(index, parts[0], parts[1], fact)
    case .comparison: return parts.count == 2 && order(index, parts[0], parts[1], fact)
    case .bind: return unpacking(index, fact)
    default: return false
    }
  }

  private func item(_ base: Int, _ key: Int, _ fact: StateFact) -> Bool {
    let (whole, part) = (syntax.flat(base), syntax.flat(key))
    if fact == .nothing(whole) { return true }
    guard syntax.node(key).kind != .slice else { return false }
    switch fact {
    case .empty(whole), .lacks(part, whole), .beyond(part, whole): return true
    case .shorter(whole, let count):
      guard let position = Int(part) else { return false }
      return position < 0 ? -position >= count : position >= count - 1
    default: return false
    }
  }

  private func call(_ index: Int, _ fact: StateFact) -> Bool {
    let callee = syntax.callee(index)
    if fact == .nothing(callee) { return true }
    let arguments = syntax.children(index, .arguments)
    guard let first = arguments.first.map(syntax.flat) else { return false }
    if conventions.refusingNothing.contains(callee), fact == .nothing(first) { return true }
    guard conventions.refusingEmpty.contains(callee) else { return false }
    let hasDefault = arguments.contains { syntax.node($0).label == conventions.emptyDefault }
    let others = arguments.dropFirst().contains { syntax.node($0).kind != .argument }
    guard !hasDefault, !others else { return false }
    return fact == .empty(first) || fact == .shorter(first, than: 1)
  }

  private static let divisions: Set<String> = ["/", "//"]

  private func operation(_ index: Int, _ left: Int, _ right: Int, _ fact: StateFact) -> Bool {
    let sign = syntax.node(index).label
    if fact == .nothing(syntax.flat(left)) { return true }
    // A text can be filled in with anything.
    if sign != "%", fact == .nothing(syntax.flat(right)) { return true }
    guard Self.divisions.contains(sign) || isDivision && sign == "%" else { return false }
    return fact == .zero(syntax.flat(right)) || fact == .empty(syntax.flat(right))
  }

  private func order(_ index: Int, _ left: Int, _ right: Int, _ fact: StateFact) -> Bool {
    switch syntax.node(index).label {
    case "<", ">", "<=", ">=":
      fact == .nothing(syntax.flat(left)) || fact == .nothing(syntax.flat(right))
    case "in", "not in": fact == .nothing(syntax.flat(right))
    default: false
    }
  }

  private func unpacking(_ index: Int, _ fact: StateFact) -> Bool {
    guard let target = syntax.child(index, .target), let value = syntax.child(index, .value),
      [.tuple, .list].contains(syntax.node(target).kind)
    else { return false }
    let targets = syntax.children(target)
    let fixed = targets.count { syntax.node($0).kind != .spread }
    switch fact {
    case .nothing(syntax.flat(value)): return true
    case .empty(syntax.flat(value)): return fixed > 0
    case .shorter(syntax.flat(value), let count): return fixed >= count
    default: return false
    }
  }
}

import Languages

extension MutationOperator {
  static let conditions = [forceCondition, negateComparison, moveBoundary, dropOperand, dropUnary]

  /// A condition always holds, or never.
  static let forceCondition = MutationOperator(
    "force-condition", "tells when the condition decides"
  ) { site in
    guard site.node.role == .test, let owner = site.parent, owner.kind != .conditional,
      !site.node.isLiteral("bool"), !owner.isReservedGuard
    else { return [] }
    // A loop that never ends, and a check that fails, say nothing but that they ran.
    let holds = owner.kind == .loop ? [] : [site.change(to: site.notation.yes)]
    let fails = owner.kind == .check ? [] : [site.change(to: site.notation.no)]
    return holds + fails
  }

  /// Outside of conditions the opposite; inside, forcing it says more.
  static let negateComparison = MutationOperator(
    "negate-comparison", "tells the comparison from its opposite"
  ) { site in
    guard site.node.kind == .comparison else { return [] }
    let isOrder = boundaries[site.node.label] != nil
    guard isOrder || !site.isCondition else { return [] }
    guard let pair = site.node.operandPair else { return chained(site, opposites) }
    if let opposite = opposites[site.node.label] {
      return [
        site.exchange(site.node.label, for: opposite, after: pair.left, before: pair.right)
      ].compactMap { $0 }
    }
    let text = site.text(site.node)
    let left = site.text(pair.left)
    let notation = site.notation
    if text == notation.isNothing(left) { return [site.change(to: notation.isSomething(left))] }
    if text == notation.isSomething(left) { return [site.change(to: notation.isNothing(left))] }
    return [site.change(to: site.enclosed(notation.not(text)))]
  }

  /// Whether the bound itself belongs to a range.
  static let moveBoundary = MutationOperator(
    "move-boundary", "has the value at the bound itself"
  ) { site in
    guard site.node.kind == .comparison else { return [] }
    guard let pair = site.node.operandPair else { return chained(site, boundaries) }
    guard let moved = boundaries[site.node.label], !site.isClamp(pair) else { return [] }
    return [site.exchange(site.node.label, for: moved, after: pair.left, before: pair.right)]
      .compactMap { $0 }
  }

  /// `a and b` becomes `a`, then `b`.
  static let dropOperand = MutationOperator(
    "drop-operand", "needs this part of the condition"
  ) { site in
    guard site.node.kind == .boolean else { return [] }
    return site.node.children(.operands).indices.compactMap {
      site.dropping($0, of: site.node.children(.operands))
    }
  }

  /// `not a` becomes `a`, `-a` becomes `a`.
  static let dropUnary = MutationOperator(
    "drop-unary", "tells the value from its opposite"
  ) { site in
    guard site.node.kind == .unary, let operand = site.node.children.last else { return [] }
    // Forcing the whole test says more than turning it round.
    guard !(site.node.isNegation && site.node.role == .test) else { return [] }
    guard !operand.isLiteral("integer", "float") || site.node.label == "-" else { return [] }
    return [site.change(to: site.enclosed(operand))]
  }

  static let opposites = [
    "==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<", "===": "!==", "!==": "===",
  ]
  static let boundaries = ["<": "<=", "<=": "<", ">": ">=", ">=": ">"]

  /// Each operator of `a < b <= c` in turn.
  private static func chained(_ site: MutationSite, _ table: [String: String]) -> [MutationChange] {
    let operands = site.node.children(.operands)
    guard operands.count > 2 else { return [] }
    return zip(operands, operands.dropFirst()).compactMap { left, right in
      let gap = site.listing.text(
        left.span.bytes.upperBound..<max(left.span.bytes.upperBound, right.span.bytes.lowerBound))
      let sign = String(gap.drop { !"<>=!".contains($0) }.prefix { "<>=!".contains($0) })
      return table[sign].flatMap { site.exchange(sign, for: $0, after: left, before: right) }
    }
  }
}

extension MutationSite {
  /// The node without one of its operands; the connective beside it goes too.
  func dropping(_ place: Int, of operands: [SourceNode]) -> MutationChange? {
    guard operands.count > 1 else { return nil }
    if operands.count == 2 { return change(to: enclosed(operands[1 - place])) }
    return without(place, of: operands, within: node.span.bytes)
  }

  /// The node without one of several parts, and without what stands between it and its neighbour.
  func without(_ place: Int, of parts: [SourceNode], within limits: Range<Int>) -> MutationChange {
    let ranges = parts.map { wholeRange(of: $0, within: limits) }
    return place == 0
      ? rewritten(ranges[0].lowerBound..<ranges[1].lowerBound, as: "")
      : rewritten(ranges[place - 1].upperBound..<ranges[place].upperBound, as: "")
  }

  /// Whether moving the bound changes nothing, because at the bound both ways give the same: `if a < b: a = b`.
  func isClamp(_ pair: (left: SourceNode, right: SourceNode)) -> Bool {
    guard node.role == .test, let owner = parent else { return false }
    let sides = Set([listing.flatText(pair.left), listing.flatText(pair.right)])
    func areSides(_ nodes: [SourceNode?]) -> Bool {
      let texts = nodes.compactMap { $0.map { listing.flatText($0) } }
      return texts.count == 2 && Set(texts) == sides
    }
    if owner.kind == .conditional {
      return areSides(owner.children.filter { $0.role != .test })
    }
    guard owner.kind == .branch, owner.children(.body).count == 1,
      let statement = owner.child(.body)
    else { return false }
    let otherwise = owner.children(.otherwise)
    switch statement.kind {
    case .bind:
      return otherwise.isEmpty && areSides([statement.child(.target), statement.child(.value)])
    case .give:
      let next = otherwise.first ?? following(of: owner)
      return next?.kind == .give && areSides([statement.child(.value), next?.child(.value)])
    default: return false
    }
  }

  private func following(of statement: SourceNode) -> SourceNode? {
    MutationSite(listing: listing, node: statement, ancestors: ancestors.dropLast()).following
  }
}

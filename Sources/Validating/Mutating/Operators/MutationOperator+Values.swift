import Languages

extension MutationOperator {
  static let arithmetic = [swapArithmetic, swapUpdate]
  static let constants = [changeNumber, flipBoolean, changeText, changeDefault]
  static let results = [replaceResult, chooseBranch]

  static let swapArithmetic = MutationOperator(
    "swap-arithmetic", "checks what is calculated here"
  ) { site in
    guard site.node.kind == .binary, let other = counterparts[site.node.label],
      let pair = site.node.operandPair
    else { return [] }
    // With a text or a list the other operator only fails: one side is left out instead.
    if pair.left.isSequence || pair.right.isSequence {
      guard site.node.label == "+" else { return [] }
      return [pair.left, pair.right].map { site.change(to: site.enclosed($0)) }
    }
    return [site.exchange(site.node.label, for: other, after: pair.left, before: pair.right)]
      .compactMap { $0 }
  }

  static let swapUpdate = MutationOperator(
    "swap-update", "checks what is added up here"
  ) { site in
    guard site.node.kind == .update, let other = counterparts[site.node.label],
      let target = site.node.child(.target), let value = site.node.child(.value),
      !value.isSequence, !site.steersLoop(target)
    else { return [] }
    return [
      site.exchange(site.node.label + "=", for: other + "=", after: target, before: value)
    ].compactMap { $0 }
  }

  static let changeNumber = MutationOperator(
    "change-number", "depends on this number"
  ) { site in
    guard site.node.isLiteral("integer", "float") else { return [] }
    let text = site.text(site.node)
    if let whole = Int(text), whole < Int.max { return [site.change(to: "\(whole + 1)")] }
    if site.node.label == "float", let number = Double(text), (number + 1).isFinite,
      number + 1 != number
    {
      return [site.change(to: "\(number + 1)")]
    }
    return [site.change(to: "(\(text) + 1)")]
  }

  static let flipBoolean = MutationOperator(
    "flip-boolean", "depends on this switch"
  ) { site in
    guard site.node.isLiteral("bool") else { return [] }
    // A loop without an end is left by other means.
    guard !(site.node.role == .test && site.parent?.kind == .loop) else { return [] }
    let isYes = site.text(site.node) == site.notation.yes
    return [site.change(to: isYes ? site.notation.no : site.notation.yes)]
  }

  static let changeText = MutationOperator(
    "change-text", "depends on this text"
  ) { site in
    guard site.node.kind == .formatted || site.node.isLiteral("string") else { return [] }
    let text = site.text(site.node)
    let isEmpty = text.allSatisfy { !$0.isLetter && !$0.isNumber } && text.utf8.count <= 3
    return [site.change(to: site.notation.textLiteral(isEmpty ? "mutated" : ""))]
  }

  /// A default that is no constant; constants change by themselves.
  static let changeDefault = MutationOperator(
    "change-default", "leaves this argument to its default"
  ) { site in
    guard site.node.role == .standard, site.parent?.kind == .parameter else { return [] }
    if site.node.isLiteral("null") { return [site.change(to: site.notation.yes)] }
    return site.node.kind == .literal ? [] : [site.change(to: site.notation.nothing)]
  }

  static let replaceResult = MutationOperator(
    "replace-result", "looks at what is returned here"
  ) { site in
    guard site.node.kind == .give || site.node.kind == .yielded,
      let value = site.node.child(.value) ?? site.node.children.first
    else { return [] }
    if value.isLiteral("null") { return [site.change(value, to: site.notation.yes)] }
    // What is true or false is turned round by other operators, which says more.
    guard value.kind != .comparison, value.kind != .boolean, !value.isNegation,
      !value.isLiteral("bool"), value.kind != .spread
    else { return [] }
    return [site.change(value, to: site.notation.nothing)]
  }

  static let chooseBranch = MutationOperator(
    "choose-branch", "tells which of the two it is"
  ) { site in
    guard site.node.kind == .conditional else { return [] }
    return site.node.children.filter { $0.role != .test }.map {
      site.change(to: site.enclosed($0))
    }
  }

  private static let counterparts = [
    "+": "-", "-": "+", "*": "/", "/": "*", "//": "/", "%": "/", "**": "*", "<<": ">>", ">>": "<<",
    "&": "|", "|": "&", "^": "&", "&+": "&-", "&-": "&+", "&*": "&+",
  ]
}

extension SourceNode {
  /// A literal text, list or tuple: arithmetic on it joins or formats.
  var isSequence: Bool {
    isText || isLiteral("bytes") || kind == .list || kind == .tuple || kind == .comprehension
  }
}

extension MutationSite {
  /// Whether the innermost loop ends by this variable: another step would only run for ever.
  func steersLoop(_ target: SourceNode) -> Bool {
    guard let loop = innermostLoop, loop.kind == .loop, let test = loop.child(.test) else {
      return false
    }
    let name = listing.flatText(target)
    return test.flattened.contains { listing.flatText($0) == name }
  }
}

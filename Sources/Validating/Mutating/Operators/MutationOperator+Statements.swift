import Languages

extension MutationOperator {
  static let statements = [dropStatement, dropFailure]
  static let arguments = [dropArgument, replaceArgument, dropBound]
  static let flow = [swapLeave, skipLoop, narrowHandler]

  /// A call, a changed attribute or item, a step, a removal.
  static let dropStatement = MutationOperator(
    "drop-statement", "notices when this is not done"
  ) { site in
    let node = site.node
    switch node.kind {
    case .evaluate:
      guard let value = node.children.first, value.kind == .call || value.kind == .awaited else {
        return []
      }
    case .bind:
      let targets = node.children(.target)
      let isKept = targets.allSatisfy { $0.kind == .attribute || $0.kind == .item }
      guard !targets.isEmpty, isKept || site.isRebinding else { return [] }
      guard !targets.contains(where: site.steersLoop) else { return [] }
    case .update:
      guard let target = node.child(.target), !site.steersLoop(target) else { return [] }
    case .remove: break
    case .proceed:
      // As the last of a loop's body it does nothing.
      guard site.innermostLoop?.kind == .forEach else { return [] }
    default: return []
    }
    return [site.change(to: site.notation.pass)]
  }

  /// What is raised, is not.
  static let dropFailure = MutationOperator(
    "drop-failure", "expects this failure"
  ) { site in
    guard site.node.kind == .fail, !site.isWholeFunction else { return [] }
    return [site.change(to: site.notation.pass)]
  }

  /// A named argument, or the last of several.
  static let dropArgument = MutationOperator(
    "drop-argument", "depends on this argument"
  ) { site in
    guard site.node.kind == .call, site.parent?.kind != .fail else { return [] }
    let arguments = site.node.children(.arguments)
    return arguments.indices.compactMap { place in
      let argument = arguments[place]
      let isNamed = argument.kind == .argument && !argument.label.isEmpty
      let isLast = place == arguments.count - 1 && place > 0 && argument.kind != .spread
      guard isNamed || isLast else { return nil }
      return site.withoutArgument(place, of: arguments)
    }
  }

  /// An argument that is no constant becomes nothing; constants change by themselves.
  static let replaceArgument = MutationOperator(
    "replace-argument", "depends on what is passed here"
  ) { site in
    guard site.node.kind == .call, site.parent?.kind != .fail,
      let callee = site.node.child(.callee)
    else { return [] }
    return site.node.children(.arguments).compactMap { argument in
      let isNamed = argument.kind == .argument && !argument.label.isEmpty
      let value = argument.argumentValue
      guard !isNamed, ![.literal, .formatted, .spread].contains(value.kind) else { return nil }
      // The only argument of some calls owns the parentheses of the call.
      guard value.span.bytes.lowerBound > callee.span.bytes.upperBound else { return nil }
      return site.change(value, to: site.notation.nothing)
    }
  }

  static let dropBound = MutationOperator(
    "drop-bound", "depends on where the slice begins or ends"
  ) { site in
    guard site.node.kind == .slice else { return [] }
    return site.node.children.filter { [.from, .to, .by].contains($0.role) }.map {
      site.rewritten($0.span.bytes, as: "")
    }
  }

  /// A loop that is left goes on.
  static let swapLeave = MutationOperator(
    "swap-leave", "has more items after the one that ends the loop"
  ) { site in
    guard site.node.kind == .leave, site.innermostLoop?.kind == .forEach else { return [] }
    return [site.change(to: site.notation.proceed)]
  }

  /// A loop over an empty text never runs.
  static let skipLoop = MutationOperator(
    "skip-loop", "notices when nothing is iterated"
  ) { site in
    guard site.node.role == .iterable, site.parent?.kind == .forEach else { return [] }
    return [site.change(to: site.notation.textLiteral(""))]
  }

  /// Each type that a handler names, in turn, is not caught.
  static let narrowHandler = MutationOperator(
    "narrow-handler", "has this failure handled"
  ) { site in
    site.node.kind == .handler ? site.narrowedHandlers.map(\.change) : []
  }
}

extension MutationSite {
  /// Every type that a handler names, with the handler that does not catch it.
  var narrowedHandlers: [(type: SourceNode, change: MutationChange)] {
    let named = node.children(.types)
    let isList = named.count == 1 && named[0].kind == .tuple
    let listed = isList ? named[0].children : named
    guard listed.count > 1 else {
      guard let none = notation.noFailureType, let type = named.first else { return [] }
      return [(type, change(type, to: none))]
    }
    let list = MutationSite(listing: listing, node: isList ? named[0] : node, ancestors: [])
    let inside = (list.node.span.bytes.lowerBound + 1)..<(list.node.span.bytes.upperBound - 1)
    return listed.indices.map { (listed[$0], list.without($0, of: listed, within: inside)) }
  }

  /// Whether a variable gets a new value made from its old one: `text = text.strip()`.
  fileprivate var isRebinding: Bool {
    let targets = node.children(.target)
    guard targets.count == 1, targets[0].kind == .name, let value = node.child(.value) else {
      return false
    }
    return value.kind != .name
      && value.flattened.contains { $0.kind == .name && $0.label == targets[0].label }
  }

  /// Whether the statement is all that a function does: it only says that another has to do it.
  fileprivate var isWholeFunction: Bool {
    guard let function = parent, function.kind == .function else { return false }
    return function.children(.body).allSatisfy { $0.span == node.span || $0.isDocumentation }
  }

  /// The call without one argument.
  func withoutArgument(_ place: Int, of arguments: [SourceNode]) -> MutationChange? {
    guard arguments.count == 1 else {
      let callee = node.child(.callee)?.span.bytes.upperBound ?? node.span.bytes.lowerBound
      return without(place, of: arguments, within: (callee + 1)..<(node.span.bytes.upperBound - 1))
    }
    // Alone it may have a comma after it.
    let end = arguments[0].span.bytes.upperBound
    let rest = listing.text(end..<node.span.bytes.upperBound)
    let comma = rest.prefix { $0 == "," || $0.isWhitespace }
    let taken = comma.contains(",") ? comma.utf8.count : 0
    return rewritten(arguments[0].span.bytes.lowerBound..<(end + taken), as: "")
  }
}

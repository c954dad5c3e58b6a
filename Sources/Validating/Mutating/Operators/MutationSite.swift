import Languages

/// A node of a file with what stands around it: all that an operator sees.
struct MutationSite {
  let listing: Listing
  let node: SourceNode
  /// Outermost first.
  let ancestors: [SourceNode]

  var notation: Notation { listing.notation }
  var parent: SourceNode? { ancestors.last }

  func text(_ node: SourceNode) -> String { listing.text(node) }

  /// Replaces the whole node.
  func change(to text: String) -> MutationChange {
    MutationChange(span: node.span, replacement: text)
  }

  func change(_ other: SourceNode, to text: String) -> MutationChange {
    MutationChange(span: other.span, replacement: text)
  }

  /// The node with one operator, which stands between two of its operands, exchanged.
  func exchange(_ old: String, for new: String, after left: SourceNode, before right: SourceNode)
    -> MutationChange?
  {
    let gap =
      left.span.bytes
      .upperBound..<max(
        left.span.bytes.upperBound, right.span.bytes.lowerBound)
    // A comment after the operator may hold the same characters: the first is the operator.
    guard let range = listing.text(gap).utf8Range(of: old) else { return nil }
    let place = gap.lowerBound + range.lowerBound
    return rewritten(place..<(place + old.utf8.count), as: new)
  }

  /// The whole node, with some of its bytes rewritten: what is shown is then a whole expression.
  func rewritten(_ bytes: Range<Int>, as text: String) -> MutationChange {
    let all = node.span.bytes
    return change(
      to: listing.text(all.lowerBound..<bytes.lowerBound) + text
        + listing.text(bytes.upperBound..<all.upperBound))
  }

  /// The text as an operand: in parentheses where what stands around could bind tighter.
  func enclosed(_ text: String) -> String {
    switch parent?.kind {
    case .unary, .binary, .comparison, .boolean, .conditional, .attribute, .item, .awaited, .spread:
      "(\(text))"
    default: text
    }
  }

  /// A part of the node in the place of the whole.
  func enclosed(_ part: SourceNode) -> String {
    let whole = wholeRange(of: part)
    if whole != part.span.bytes { return listing.text(whole) }
    switch part.kind {
    case .name, .literal, .attribute, .item, .call, .list, .map, .set: return text(part)
    default: return enclosed(text(part))
    }
  }

  /// A part of the node with the parentheses that stand around it alone, inside the node.
  func wholeRange(of part: SourceNode, within limits: Range<Int>? = nil) -> Range<Int> {
    let limits = limits ?? node.span.bytes
    var range = part.span.bytes
    while let before = listing.filled(before: range.lowerBound, from: limits.lowerBound),
      let after = listing.filled(after: range.upperBound, upTo: limits.upperBound),
      listing[before] == UInt8(ascii: "("), listing[after] == UInt8(ascii: ")")
    {
      range = before..<(after + 1)
    }
    return range
  }

  /// Whether its truth alone counts: it is a test, or part of one.
  var isCondition: Bool {
    var inner = node
    for outer in ancestors.reversed() {
      if inner.role == .test { return true }
      guard outer.kind == .boolean || outer.isNegation else { return false }
      inner = outer
    }
    return inner.role == .test
  }

  /// The innermost loop around it in the same function.
  var innermostLoop: SourceNode? {
    for ancestor in ancestors.reversed() {
      switch ancestor.kind {
      case .forEach, .loop: return ancestor
      case .function, .type, .closure: return nil
      default: continue
      }
    }
    return nil
  }

  /// The statement that follows this one in its body.
  var following: SourceNode? {
    let siblings = parent?.children(node.role) ?? []
    return siblings.first { $0.span.bytes.lowerBound >= node.span.bytes.upperBound }
  }
}

/// New text for a span, before it has an identity.
struct MutationChange: Hashable {
  var span: SourceSpan
  var replacement: String
}

extension SourceNode {
  var isNegation: Bool { kind == .unary && (label == "not" || label == "!") }

  func isLiteral(_ labels: String...) -> Bool { kind == .literal && labels.contains(label) }

  /// A literal or an expression that makes a text for people.
  var isText: Bool {
    if kind == .formatted || isLiteral("string") { return true }
    return kind == .binary && (label == "%" || label == "+") && children.contains(where: \.isText)
  }

  /// What an argument passes, named or not.
  var argumentValue: SourceNode { kind == .argument ? children.last ?? self : self }

  /// Whether two operands stand around a single operator.
  var operandPair: (left: SourceNode, right: SourceNode)? {
    let operands = children(.operands)
    return operands.count == 2 ? (operands[0], operands[1]) : nil
  }
}

extension String {
  /// The offsets of the first occurrence, in UTF-8 bytes.
  func utf8Range(of text: String) -> Range<Int>? {
    let all = Array(utf8)
    let part = Array(text.utf8)
    guard !part.isEmpty, all.count >= part.count else { return nil }
    for start in 0...(all.count - part.count)
    where all[start..<(start + part.count)].elementsEqual(part) {
      return start..<(start + part.count)
    }
    return nil
  }
}

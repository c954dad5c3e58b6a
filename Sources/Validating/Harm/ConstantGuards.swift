import Languages

/// A new test that can only have one outcome.
enum ConstantGuards {
  @Sendable static func findings(_ scene: HarmScene, _ change: FileChange) -> [Finding] {
    guard let after = change.after else { return [] }
    let fresh = Set(change.added)
    return after.places.indices.compactMap { index in
      let node = after.node(index)
      // A loop without a test is an idiom.
      guard node.role == .test, fresh.contains(index),
        after.places[index].parent >= 0, after.node(after.places[index].parent).kind != .loop,
        let truth = truth(index, after)
      else { return nil }
      return .harm(
        "\(change.place(index)) `\(after.text(index).brief)` is \(truth ? "always" : "never") the case"
      )
    }
  }

  /// The only outcome of a test; `nil` where it has two.
  private static func truth(_ index: Int, _ syntax: Syntax) -> Bool? {
    let node = syntax.node(index)
    let children = syntax.children(index)
    switch node.kind {
    case .literal: return isTrue(syntax.text(index), node.label)
    case .list, .map, .set, .tuple: return !children.isEmpty
    case .unary:
      guard node.label == "not" || node.label == "!" else { return nil }
      return children.first.flatMap { truth($0, syntax) }.map { !$0 }
    case .boolean:
      let parts = children.map { truth($0, syntax) }
      let isAny = node.label.hasPrefix("or") || node.label == "||"
      if parts.contains(isAny) { return isAny }
      if isAny, isComplete(children, syntax) { return true }
      return parts.allSatisfy { $0 != nil } ? !isAny : nil
    case .comparison where children.count == 2:
      guard syntax.places[children[0]].shape == syntax.places[children[1]].shape else { return nil }
      switch node.label {
      case "==", "is", "<=", ">=", "===": return true
      case "!=", "is not", "<", ">", "!==": return false
      default: return nil
      }
    default: return nil
    }
  }

  /// A part and its opposite.
  private static func isComplete(_ parts: [Int], _ syntax: Syntax) -> Bool {
    let shapes = Set(parts.map { syntax.places[$0].shape })
    return parts.contains { part in
      guard syntax.node(part).kind == .unary, let inner = syntax.children(part).first else {
        return false
      }
      return shapes.contains(syntax.places[inner].shape)
    } || isOpposite(parts, syntax)
  }

  private static func isOpposite(_ parts: [Int], _ syntax: Syntax) -> Bool {
    let pairs = [("is", "is not"), ("==", "!="), ("in", "not in")]
    return parts.contains { one in
      parts.contains { other in
        guard syntax.node(one).kind == .comparison, syntax.node(other).kind == .comparison,
          pairs.contains(where: { $0 == syntax.node(one).label && $1 == syntax.node(other).label })
        else { return false }
        return syntax.children(one).map { syntax.places[$0].shape }
          == syntax.children(other).map { syntax.places[$0].shape }
      }
    }
  }

  private static func isTrue(_ text: String, _ kind: String) -> Bool? {
    switch kind {
    case "null": false
    case "bool": text.lowercased() == "true"
    case "integer", "float": text.contains { $0 != "0" && $0 != "." && $0 != "_" }
    case "string", "bytes": text.unquoted != "" && !text.hasSuffix("\"\"") && !text.hasSuffix("''")
    default: nil
    }
  }
}

import Languages

/// Something that a statement does besides computing: a call whose result is thrown away, a write that outlives the function.
struct Effect: Sendable, Hashable {
  enum Strength: Int, Sendable, Hashable, Comparable {
    /// A write to a value that a local variable holds.
    case weak
    /// A write to the receiver, an argument or a global.
    case medium
    /// A call for its own sake.
    case strong

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// Equal for the same effect on both sides of a patch: what is called or written to, without its arguments.
  let key: String
  let strength: Strength

  init?(at index: Int, in syntax: Syntax, _ conventions: Conventions) {
    let node = syntax.node(index)
    switch node.kind {
    case .evaluate:
      guard var value = syntax.children(index).first else { return nil }
      if syntax.node(value).kind == .awaited, let inner = syntax.children(value).first {
        value = inner
      }
      if syntax.node(value).kind == .yielded {
        (key, strength) = ("yield", .medium)
        return
      }
      guard syntax.node(value).kind == .call else { return nil }
      let callee = syntax.callee(value)
      switch conventions.meaning(callee) {
      case .logging, .assertion: return nil
      default: break
      }
      guard let scope = Self.origin(of: value, in: syntax) else { return nil }
      key = "call \(callee)"
      strength = scope == .fresh ? .weak : .strong
    case .attribute, .item:
      // The target of an assignment, or of a removal.
      guard node.role == .target || syntax.isTargetPart(index),
        let scope = Self.origin(of: index, in: syntax)
      else { return nil }
      key = "write \(syntax.text(index).filter { !$0.isWhitespace })"
      strength = scope == .fresh || scope == .local ? .weak : .medium
    default: return nil
    }
  }

  private enum Origin { case fresh, local, outer }

  /// Where the thing comes from that is called or written to.
  private static func origin(of index: Int, in syntax: Syntax) -> Origin? {
    var root = index
    while true {
      let node = syntax.node(root)
      guard [.attribute, .item, .call, .slice].contains(node.kind),
        let inner = syntax.children(root).first
      else { break }
      root = inner
    }
    guard syntax.node(root).kind == .name else { return .local }
    let name = syntax.node(root).label
    guard let function = syntax.function(index) else { return .outer }
    if root == index || syntax.node(index).kind == .call && syntax.child(index, .callee) == root {
      return .outer
    }
    if syntax.children(function, .parameters).contains(where: { syntax.node($0).label == name }) {
      return .outer
    }
    let values = syntax.bindings(of: name, in: function)
    if values.isEmpty { return .outer }
    return values.allSatisfy(syntax.isFresh) ? .fresh : .local
  }
}

extension Syntax {
  /// The values that a local variable is bound to in a function.
  func bindings(of name: String, in function: Int) -> [Int?] {
    inside(function).filter {
      places[$0].node.kind == .bind || places[$0].node.kind == .with
        || places[$0].node.kind == .forEach
    }.compactMap { statement -> Int?? in
      let targets = children(statement, .target)
      guard
        targets.contains(where: { places[$0].node.kind == .name && places[$0].node.label == name })
      else { return nil }
      return .some(places[statement].node.kind == .bind ? child(statement, .value) : nil)
    }
  }

  /// Whether a value is made on the spot, so that nobody else can see it.
  func isFresh(_ value: Int?) -> Bool {
    guard let value else { return false }
    switch places[value].node.kind {
    case .literal, .list, .map, .set, .tuple, .comprehension, .formatted: return true
    default: return false
    }
  }

  /// Whether this is one of several targets of an assignment.
  func isTargetPart(_ index: Int) -> Bool {
    let parent = places[index].parent
    guard parent >= 0, [.tuple, .list].contains(places[parent].node.kind) else { return false }
    return places[parent].node.role == .target
  }
}

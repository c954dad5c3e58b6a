import Languages

/// What a place depends on: the tests and handlers around it.
struct GuardStep: Sendable, Hashable {
  enum Kind: Sendable, Hashable { case then, otherwise, handler, loop }

  var kind: Kind
  /// The index of the branch, loop or handler.
  var index: Int
  /// The shape of its test, or of the types that it handles.
  var shape: Int
}

extension Syntax {
  /// The tests and handlers between a place and its function, innermost first.
  func guards(_ index: Int) -> [GuardStep] {
    var found: [GuardStep] = []
    var inner = index
    for outer in around(index) {
      let node = places[outer].node
      switch node.kind {
      case .function, .type: return found
      case .branch, .conditional:
        let role = places[inner].node.role
        guard let test = child(outer, .test), role != .test else { break }
        let kind: GuardStep.Kind = role == .otherwise ? .otherwise : .then
        found.append(GuardStep(kind: kind, index: outer, shape: places[test].shape))
      case .handler:
        let types = children(outer, .types).map { places[$0].shape }
        found.append(GuardStep(kind: .handler, index: outer, shape: types.hashValue))
      case .forEach, .loop:
        if places[inner].node.role == .body {
          found.append(GuardStep(kind: .loop, index: outer, shape: 0))
        }
      default: break
      }
      inner = outer
    }
    return found
  }

  /// The shapes of all tests, and of all types that are handled.
  var testShapes: [Int: Int] {
    var found: [Int: Int] = [:]
    for index in places.indices {
      switch places[index].node.kind {
      case .branch, .conditional, .loop:
        if let test = child(index, .test) { found[places[test].shape, default: 0] += 1 }
      case .handler:
        let types = children(index, .types).map { places[$0].shape }
        found[types.hashValue, default: 0] += 1
      default: break
      }
    }
    return found
  }

  /// What a test asks: whether something is there, or whether it is fit.
  enum Question: Sendable, Hashable { case absence, fitness }

  func question(_ test: Int, nothing: String) -> Question {
    let node = places[test].node
    switch node.kind {
    case .name, .attribute, .item: return .absence
    case .unary, .boolean:
      let inner = children(test).map { question($0, nothing: nothing) }
      return inner.contains(.absence) ? .absence : .fitness
    case .comparison:
      let parts = children(test)
      let isNothing = parts.contains { text($0) == nothing }
      let isCount =
        parts.contains { places[$0].node.kind == .call }
        && parts.contains { ["0", "1"].contains(text($0)) }
      let isZero = parts.contains { ["0", "\"\"", "''", "[]", "{}", "()"].contains(text($0)) }
      return isNothing || isCount || isZero || node.label.hasSuffix("in") ? .absence : .fitness
    default: return .fitness
    }
  }
}

extension FileChange {
  /// Whether a test or handler of the tree after was not there before.
  func isNew(_ step: GuardStep) -> Bool {
    guard step.kind != .loop, let after else { return false }
    return after.testShapes[step.shape, default: 0]
      > (before?.testShapes[step.shape, default: 0] ?? 0)
  }
}

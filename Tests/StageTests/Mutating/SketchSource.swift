import Languages

/// Files of random code, the same for the same seed.
struct SketchSource {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func functions(_ count: Int) -> [Sketch] {
    (0..<count).map { place in
      let body = statements(depth: 2) + [.give(expression(3))]
      let function = Sketch.function("f\(place)", [("a", nil), ("b", expression(1))], body)
      return generator.below(3) == 0 ? .type("T\(place)", [function]) : function
    }
  }

  mutating func statements(depth: Int) -> [Sketch] {
    (0...generator.below(3)).map { _ in statement(depth: depth) }
  }

  private mutating func statement(depth: Int) -> Sketch {
    switch generator.below(depth > 0 ? 9 : 5) {
    case 0: .bind(.name("a"), expression(2))
    case 1: .bind(.attribute(.name("self"), "b"), expression(2))
    case 2: .update(.name("a"), "+", expression(1))
    case 3: .evaluate(.call(.name("g"), expression(1), .named("k", expression(1))))
    case 4: .fail(.call(.name("Failure"), .string("no"), .integer(4)))
    case 5: .branch(expression(2), statements(depth: depth - 1), else: statements(depth: depth - 1))
    case 6: .forEach(.name("b"), expression(1), statements(depth: depth - 1) + [.leave])
    case 7: .loop(expression(2), statements(depth: depth - 1))
    default:
      .attempt(
        statements(depth: depth - 1), except: .tuple(.name("A"), .name("B")),
        statements(depth: depth - 1))
    }
  }

  mutating func expression(_ depth: Int) -> Sketch {
    guard depth > 0 else { return leaf() }
    switch generator.below(8) {
    case 0: return .compare(leaf(), ["<", "==", "in", "is"][generator.below(4)], leaf())
    case 1: return .boolean("and", leaf(), expression(depth - 1), leaf())
    case 2: return .boolean("or", leaf(), leaf())
    case 3: return .binary(leaf(), ["+", "%", "//"][generator.below(3)], leaf())
    case 4: return .not(leaf())
    case 5: return .conditional(leaf(), if: expression(depth - 1), else: leaf())
    case 6: return .call(.name("h"), leaf(), leaf())
    default: return .item(.name("a"), leaf())
    }
  }

  private mutating func leaf() -> Sketch {
    switch generator.below(7) {
    case 0: .integer(generator.below(3))
    case 1: .string(["", "x", "ü"][generator.below(3)])
    case 2: .bool(generator.below(2) == 0)
    case 3: .nothing
    case 4: .attribute(.name("a"), "n")
    default: .name(["a", "b"][generator.below(2)])
    }
  }
}

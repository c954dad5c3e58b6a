import Languages
import Testing

@testable import Validating

struct OperatorTests {
  /// `operator: replacement` of every mutant of these statements in a function.
  private static func mutants(_ statements: Sketch...) -> [String] {
    let file = Sketch.file([.function("f", [("x", nil)], statements)])
    return MutantFinder(notation: .sketch).mutants(of: file).map {
      "\($0.operation): \($0.replacement)"
    }
  }

  private static let low = Sketch.compare(.name("x"), "<", .name("low"))
  private static let work = Sketch.evaluate(.call(.name("work")))

  @Test func `a condition is forced both ways, and the bound of an order is moved`() {
    #expect(
      Self.mutants(.branch(Self.low, [Self.work])) == [
        "force-condition: True", "force-condition: False", "negate-comparison: x >= low",
        "move-boundary: x <= low", "drop-statement: pass",
      ])
  }

  @Test func `equality is negated where it is a value, and forced where it is a condition`() {
    let equal = Sketch.compare(.name("x"), "==", .name("y"))
    #expect(Self.mutants(.give(equal)) == ["negate-comparison: x != y"])
    #expect(
      Self.mutants(.branch(equal, [.node(.pass, "", .body, [.text("pass")])])) == [
        "force-condition: True", "force-condition: False",
      ])
  }

  @Test func `membership is negated by the language's own word`() {
    #expect(
      Self.mutants(.give(.compare(.name("x"), "in", .name("y")))) == [
        "negate-comparison: not (x in y)"
      ])
  }

  @Test func `the bound of a clamp is left alone`() {
    let clamp = Sketch.branch(Self.low, [.bind(.name("x"), .name("low"))])
    #expect(!Self.mutants(clamp).contains { $0.hasPrefix("move-boundary") })
    let chosen = Sketch.give(.conditional(.name("low"), if: Self.low, else: .name("x")))
    #expect(!Self.mutants(chosen).contains { $0.hasPrefix("move-boundary") })
    let early = Sketch.branch(Self.low, [.give(.name("low"))])
    #expect(!Self.mutants(early, .give(.name("x"))).contains { $0.hasPrefix("move-boundary") })
    #expect(Self.mutants(early, .give(.name("y"))).contains { $0.hasPrefix("move-boundary") })
  }

  @Test func `logging and the words of a failure are left alone, its numbers are not`() {
    let log = Sketch.evaluate(
      .call(.attribute(.attribute(.name("self"), "logger"), "info"), .string("x"), .name("x")))
    #expect(Self.mutants(log).isEmpty)
    let fail = Sketch.branch(
      .name("x"),
      [.fail(.call(.name("Refused"), .string("no"), .named("status", .integer(404))))])
    #expect(
      Self.mutants(fail).filter { !$0.hasPrefix("force") } == [
        "drop-failure: pass", "change-number: 405",
      ])
  }

  @Test func `documentation and reserved names are left alone`() {
    #expect(Self.mutants(.evaluate(.string("Says what."))).isEmpty)
    #expect(Self.mutants(.bind(.name("__all__"), .string("f"))).isEmpty)
    let started = Sketch.branch(
      .compare(.name("__name__"), "==", .string("__main__")), [Self.work])
    #expect(Self.mutants(started).isEmpty)
  }

  @Test func `a function that only refuses is left alone`() {
    #expect(Self.mutants(.fail(.name("NotImplementedError"))).isEmpty)
  }

  @Test func `nothing is made that could only run for ever`() {
    let count = Sketch.update(.name("x"), "+", .integer(1))
    #expect(
      Self.mutants(.loop(Self.low, [count])) == [
        "force-condition: False", "negate-comparison: x >= low", "move-boundary: x <= low",
        "change-number: 2",
      ])
    #expect(
      Self.mutants(.forEach(.name("y"), .name("x"), [count])).contains("drop-statement: pass"))
  }

  @Test func `arguments are dropped by name, or from the end, and replaced`() {
    let call = Sketch.bind(
      .name("y"), .call(.name("g"), .name("x"), .name("z"), .named("k", .integer(1))))
    #expect(
      Self.mutants(call) == [
        "drop-argument: g(x, z)", "replace-argument: None", "replace-argument: None",
        "change-number: 2",
      ])
  }

  @Test func `each type that a handler names is not caught in turn`() {
    let one = Sketch.attempt([Self.work], except: .name("A"), [Self.work])
    let two = Sketch.attempt(
      [Self.work], except: .tuple(.name("A"), .name("B")), [Self.work])
    #expect(Self.mutants(one).contains("narrow-handler: ()"))
    #expect(Self.mutants(two).filter { $0.hasPrefix("narrow") }.count == 2)
    #expect(Self.mutants(two).contains("narrow-handler: (B)"))
  }

  @Test func `a result becomes nothing, and nothing something`() {
    #expect(Self.mutants(.give(.call(.name("g")))) == ["replace-result: None"])
    #expect(Self.mutants(.give(.nothing)) == ["replace-result: True"])
    #expect(Self.mutants(.give(.bool(true))) == ["flip-boolean: False"])
  }

  @Test func `one of three operands goes with the connective beside it`() {
    let three = Sketch.boolean("and", .name("a"), .name("b"), .name("c"))
    #expect(
      Self.mutants(.give(three)) == [
        "drop-operand: b and c", "drop-operand: a and c", "drop-operand: a and b",
      ])
  }

  @Test func `a default that is a constant changes as one`() {
    let file = Sketch.file([
      .function("f", [("x", .nothing), ("y", .integer(1))], [.give(.name("x"))])
    ])
    let mutants = MutantFinder(notation: .sketch).mutants(of: file)
    #expect(
      mutants.map { "\($0.operation): \($0.replacement)" } == [
        "change-default: True", "change-number: 2", "replace-result: None",
      ])
    #expect(mutants.map(\.function) == [nil, nil, "f"])
  }
}

import Languages
import Testing

@testable import Validating

struct PatchMutantsTests {
  /// `def f(x)` with these statements.
  private static func file(_ body: [Sketch]) -> SourceFile {
    Sketch.file([.function("f", [("x", nil)], body)])
  }

  private static func patch(_ before: [Sketch], _ after: [Sketch]) -> PatchMutants {
    PatchMutants(before: file(before), after: file(after), notation: .sketch)
  }

  private static func texts(_ mutants: [Mutant], _ operation: String) -> [String] {
    mutants.filter { $0.operation == operation }.map(\.replacement)
  }

  private static let use = Sketch.give(.attribute(.name("x"), "y"))

  @Test func `an added guard is undone as a whole, never holds, and always holds`() throws {
    let early = Sketch.branch(.compare(.name("x"), "is", .nothing), [.give(.nothing)])
    let patch = Self.patch([Self.use], [early, Self.use])
    let undone = try #require(patch.undone.first)
    #expect(patch.undone.count == 1)
    #expect(undone.function == "f")
    let after = Self.file([early, Self.use])
    #expect(undone.applied(to: after.text) == Self.file([Self.use]).text)
    #expect(Self.texts(patch.weakened, PatchMutants.disableGuard) == ["False"])
    #expect(Self.texts(patch.widened, PatchMutants.widenGuard) == ["True"])
  }

  @Test func `a guard around what was there before protects less when it always holds`() {
    let wrapped = Sketch.branch(.name("x"), [Self.use])
    let patch = Self.patch([Self.use], [wrapped])
    #expect(Self.texts(patch.weakened, PatchMutants.disableGuard) == ["True"])
    #expect(Self.texts(patch.widened, PatchMutants.widenGuard) == ["False"])
    #expect(patch.undone.count == 1)
  }

  @Test func `each alternative of an added guard is dropped, and its bounds are moved`() {
    let test = Sketch.boolean(
      "or", .compare(.name("x"), "is", .nothing), .compare(.name("x"), "<=", .integer(0)))
    let patch = Self.patch([Self.use], [.branch(test, [.give(.nothing)]), Self.use])
    #expect(
      Self.texts(patch.weakened, PatchMutants.narrowGuard) == ["x <= 0", "x is None", "x < 0"])
  }

  @Test func `a condition that the patch adds to another is the part that is dropped`() {
    let old = Sketch.compare(.attribute(.name("x"), "n"), ">", .integer(3))
    let patch = Self.patch(
      [.branch(old, [.evaluate(.call(.name("g")))])],
      [.branch(.boolean("and", .name("x"), old), [.evaluate(.call(.name("g")))])])
    #expect(Self.texts(patch.weakened, PatchMutants.narrowGuard) == ["x.n > 3"])
    #expect(Self.texts(patch.weakened, PatchMutants.disableGuard) == ["True"])
  }

  @Test func `a guard in an expression protects less without its first part`() {
    let patch = Self.patch(
      [Self.use], [.give(.boolean("and", .name("x"), .attribute(.name("x"), "y")))])
    #expect(Self.texts(patch.weakened, PatchMutants.narrowGuard) == ["x.y"])
  }

  @Test func `a conditional expression around the old value always takes it`() {
    let value = Sketch.conditional(
      .attribute(.name("x"), "y"), if: .name("x"), else: .nothing)
    let turned = Sketch.conditional(
      .nothing, if: .compare(.name("x"), "is", .nothing), else: .attribute(.name("x"), "y"))
    #expect(
      Self.texts(Self.patch([Self.use], [.give(value)]).weakened, PatchMutants.disableGuard)
        == ["True"])
    #expect(
      Self.texts(Self.patch([Self.use], [.give(turned)]).weakened, PatchMutants.disableGuard)
        == ["False"])
  }

  @Test func `a type that the patch has a handler catch is not caught`() {
    let body = [Self.use]
    let patch = Self.patch(
      [.attempt(body, except: .name("KeyError"), [.give(.nothing)])],
      [.attempt(body, except: .tuple(.name("KeyError"), .name("Gone")), [.give(.nothing)])])
    #expect(Self.texts(patch.weakened, PatchMutants.narrowGuard) == ["(KeyError)"])
  }

  @Test func `a wrapped body is undone together with its header and its handler`() throws {
    let first = Sketch.bind(.name("a"), .call(.name("g"), .name("x")))
    let second = Sketch.give(.name("a"))
    let after = [Sketch.attempt([first, second], except: .name("KeyError"), [.give(.nothing)])]
    let patch = Self.patch([first, second], after)
    #expect(patch.undone.count == 1)
    let undone = try #require(patch.undone.first)
    #expect(undone.applied(to: Self.file(after).text) == Self.file([first, second]).text)
  }

  @Test func `two hunks that stand apart are undone one by one`() {
    let middle = Sketch.evaluate(.call(.name("g"), .name("x")))
    let patch = Self.patch(
      [.bind(.name("a"), .integer(1)), middle, .give(.name("a"))],
      [.bind(.name("a"), .integer(2)), middle, .give(.name("b"))])
    #expect(patch.undone.map(\.original) == ["    a = 2\n", "    return b\n"])
    #expect(patch.others.map(\.operation) == ["change-number", "replace-result"])
  }

  @Test(arguments: 0..<80)
  func `undoing every hunk, last first, gives the file before`(_ seed: UInt64) {
    var source = SketchSource(seed: seed)
    var body = source.functions(1) + source.functions(1)
    let before = Sketch.file(body)
    body.insert(contentsOf: source.statements(depth: 1), at: 1)
    if seed % 3 == 0 { body.removeFirst() }
    let after = Sketch.file(body)
    let patch = PatchMutants(before: before, after: after, notation: .sketch)
    let text = patch.undone.reversed().reduce(after.text) { $1.applied(to: $0) }
    #expect(text == before.text)
    #expect(patch.undoneTogether?.applied(to: after.text) ?? after.text == before.text)
    for mutant in patch.undone + patch.weakened + patch.widened + patch.others {
      #expect(after.text(of: mutant.span) == mutant.original)
      #expect(mutant.applied(to: after.text) != after.text)
    }
    #expect(
      Set((patch.weakened + patch.widened + patch.others).map(\.identifier)).count
        == patch.weakened.count + patch.widened.count + patch.others.count)
  }

  @Test func `blank lines and documentation are no hunks`() {
    let patch = Self.patch(
      [.evaluate(.string("Says what.")), Self.use], [.evaluate(.string("Says more.")), Self.use])
    #expect(patch.undone.isEmpty)
  }

  @Test func `a file that the patch adds is undone as an empty one`() {
    let after = Self.file([Self.use])
    let patch = PatchMutants(before: nil, after: after, notation: .sketch)
    #expect(patch.undone.map { $0.applied(to: after.text) } == [""])
  }
}

import Languages
import Testing

@testable import Validating

struct MutantLawTests {
  @Test(arguments: 0..<60)
  func `a mutant differs, and taking it back gives the file byte for byte`(_ seed: UInt64) {
    let file = Self.file(seed)
    for mutant in Self.mutants(file) {
      #expect(mutant.original != mutant.replacement)
      #expect(file.text(of: mutant.span) == mutant.original)
      let changed = mutant.applied(to: file.text)
      #expect(Array(changed.utf8) != Array(file.text.utf8))
      var back = mutant
      back.replacement = mutant.original
      back.span.bytes =
        mutant.span.bytes
        .lowerBound..<(mutant.span.bytes.lowerBound
        + mutant.replacement.utf8.count)
      #expect(Array(back.applied(to: changed).utf8) == Array(file.text.utf8))
    }
  }

  @Test(arguments: 0..<60)
  func `no two mutants have one identity, or make one file`(_ seed: UInt64) {
    let file = Self.file(seed)
    let mutants = Self.mutants(file)
    #expect(mutants.count > 10)
    #expect(Set(mutants.map(\.identifier)).count == mutants.count)
    #expect(Set(mutants.map { $0.applied(to: file.text) }).count == mutants.count)
  }

  @Test(arguments: 0..<60)
  func `code above and below leaves the identities as they are`(_ seed: UInt64) {
    var source = SketchSource(seed: seed)
    let functions = source.functions(3)
    let above = Sketch.function("above", [], [.give(source.expression(2))])
    let below = Sketch.function("below", [], source.statements(depth: 1))
    let mutants = Self.mutants(Sketch.file(functions)).filter { $0.function != nil }
    let moved = Self.mutants(Sketch.file([above] + functions + [below]))
    let identities = Set(moved.map(\.identifier))
    for mutant in mutants { #expect(identities.contains(mutant.identifier)) }
  }

  @Test(arguments: 0..<20)
  func `the same file gives the same mutants, and lines only choose among them`(_ seed: UInt64) {
    let file = Self.file(seed)
    let mutants = Self.mutants(file)
    #expect(Self.mutants(file) == mutants)
    let chosen = MutantFinder(notation: .sketch).mutants(of: file, lines: [3...4, 6...6])
    #expect(
      chosen == mutants.filter { $0.span.lines.overlaps(3...4) || $0.span.lines.contains(6) })
  }

  private static func file(_ seed: UInt64) -> SourceFile {
    var source = SketchSource(seed: seed)
    return Sketch.file(source.functions(3))
  }

  private static func mutants(_ file: SourceFile) -> [Mutant] {
    MutantFinder(notation: .sketch).mutants(of: file)
  }
}

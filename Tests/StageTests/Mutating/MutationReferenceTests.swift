import Foundation
import Testing

@testable import Validating

struct MutationReferenceTests {
  private static let page: String = {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    let path = folder.appendingPathComponent("docs/reference/mutate.md")
    return (try? String(contentsOf: path, encoding: .utf8)) ?? ""
  }()

  @Test func `every operator is documented, and nothing else is`() {
    let section = Self.page.components(separatedBy: "## Operators")[1].components(
      separatedBy: "\n## ")[0]
    let names = section.matches(of: /(?m)^\| `([a-z-]+)` \|/).map { String($0.1) }
    #expect(Set(names) == Set(MutationOperator.all.map(\.name)))
    #expect(names.count == MutationOperator.all.count)
  }

  @Test(arguments: MutationSummary.Outcome.allCases)
  func `every outcome is documented`(_ outcome: MutationSummary.Outcome) {
    #expect(Self.page.contains("`\(outcome.rawValue)`"))
  }

  @Test(arguments: [
    PatchMutants.undoHunk, PatchMutants.disableGuard, PatchMutants.narrowGuard,
    PatchMutants.widenGuard,
  ])
  func `the operators on patches are documented`(_ name: String) {
    #expect(Self.page.contains("`\(name)`"))
  }
}

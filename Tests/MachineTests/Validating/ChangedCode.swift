import Failures
import Languages
import Testing

@testable import PythonTarget
@testable import Validating

/// Code before and after a patch, read by the real kit, and what the rules about harm find in it.
struct ChangedCode {
  var before: String
  var after: String
  var exception = "TypeError"
  var lineage = ["TypeError", "Exception", "BaseException", "object"]
  /// The function that fails.
  var failing = "total"
  var input: CapturedValue = .null
  var crashState: [OperandState] = []
  /// Other files of the repository, for those that look for words.
  var others: [String: String] = [:]
  var path = "shop/a.py"

  /// The changes as trees, read by the real kit in one session, and how the language is written.
  static func trees(
    _ changes: [(before: String, after: String, path: String)]
  ) throws -> ([FileChange], Notation) {
    var files: [String: String] = [:]
    for (number, change) in changes.enumerated() {
      files["b\(number).py"] = change.before
      files["a\(number).py"] = change.after
    }
    let repository = try RealRepository(files)
    let instruments = repository.target.instruments()
    let trees = try changes.enumerated().map { number, change in
      func syntax(_ name: String) throws -> Syntax {
        var file = try #require(try instruments.syntax(name, nil), "it parses")
        file.path = change.path
        return Syntax(file)
      }
      return FileChange(
        path: change.path, before: try syntax("b\(number).py"), after: try syntax("a\(number).py"))
    }
    return (trees, instruments.notation)
  }

  /// The findings for each change.
  static func findings(_ changes: [ChangedCode]) throws -> [[Finding]] {
    let (trees, notation) = try trees(changes.map { ($0.before, $0.after, $0.path) })
    return try zip(changes, trees).map { try $0.scene([$1], notation).findings() }
  }

  static func findings(_ change: ChangedCode) throws -> [Finding] { try findings([change])[0] }

  private func scene(_ changes: [FileChange], _ notation: Notation) -> HarmScene {
    let texts = others.merging([path: before]) { first, _ in first }
    return HarmScene(
      changes: changes, reproduction: reproduction, crashState: crashState, notation: notation,
      search: { words in
        texts.sorted { $0.key < $1.key }.flatMap { path, text in
          text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { $0.element.contains(words) }
            .map { SourceMatch(path: path, line: $0.offset + 1, text: String($0.element)) }
        }
      })
  }

  private var reproduction: Reproduction {
    let certificate = Certificate(
      exception: exception, messageShape: "", innermost: "\(path):\(failing)",
      path: ["\(path):\(failing)"], runs: 3, of: 3, counterfactual: .noInput)
    return Reproduction(
      event: FailureEvent(identifier: "e1", platform: "python"),
      signature: FailureSignature(exception: exception, message: "", innermost: nil),
      strategy: .frameCall, entry: "shop.a:\(failing)",
      program: Program(
        entry: .call(
          .symbol(Symbol(module: "shop.a", path: [failing])), [Argument(.positional, .value(input))]
        )),
      certificate: certificate, path: [], lineage: lineage, oracleCalls: 1, sufficiency: 1)
  }
}

extension [Finding] {
  /// The heaviest, `nil` where nothing was found.
  var worst: Finding.Weight? { map(\.weight).max() }
}

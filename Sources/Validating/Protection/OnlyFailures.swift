import Failures
import Languages

/// Whether a whole patch only reaches what failed before, and nobody counts on that failure.
struct OnlyFailures {
  let changes: [FileChange]
  let reproduction: Reproduction
  let notation: Notation
  let before: Side

  /// Why, in words; empty where it is not proven.
  func words() throws -> [String] {
    var words: [String] = []
    let lineage = Set(
      ([reproduction.certificate.exception] + reproduction.lineage).map(\.lastName))
    for change in changes {
      guard let proof = ProtectionProof(change, lineage: lineage, notation: notation), proof.holds,
        try !change.functions.contains(where: { try isCountedOn($0, lineage) })
      else { return [] }
      words += proof.words
    }
    return words
  }

  /// Whether somebody handles the failure of a function, or the language does: then it was an answer.
  private func isCountedOn(_ function: String, _ lineage: Set<String>) throws -> Bool {
    let name = function.lastName
    if notation.conventions.isAnsweredByFailing(name) { return true }
    let matches = try before.session.search(name)
    for (path, lines) in Dictionary(grouping: matches.prefix(Self.looked), by: \.path) {
      guard let file = try before.instruments.syntax(path, nil) else { continue }
      let syntax = Syntax(file)
      let wanted = Set(lines.map(\.line))
      for index in syntax.places.indices
      where syntax.node(index).label == name
        && wanted.contains(syntax.node(index).span.lines.lowerBound)
        && [.name, .attribute].contains(syntax.node(index).kind)
      {
        if isHandled(index, syntax, lineage) { return true }
      }
    }
    return false
  }

  /// Mentions of a function that are looked at.
  private static let looked = 60

  private func isHandled(_ index: Int, _ syntax: Syntax, _ lineage: Set<String>) -> Bool {
    var inner = index
    for outer in syntax.around(index) {
      if syntax.node(outer).kind == .function { return false }
      if syntax.node(outer).kind == .attempt, syntax.node(inner).role == .body,
        syntax.children(outer, .handlers).contains(where: {
          syntax.handles($0, lineage, notation.conventions)
        })
      {
        return true
      }
      inner = outer
    }
    return false
  }
}

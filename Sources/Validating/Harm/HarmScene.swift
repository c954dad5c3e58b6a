import Failures
import Languages

/// What the rules about harm look at: the changes, the failure, and what names mean by custom.
struct HarmScene: Sendable {
  let changes: [FileChange]
  let reproduction: Reproduction
  /// The operands of the failing expression, as they stood.
  let crashState: [OperandState]
  let notation: Notation
  /// Lines of the repository that hold a text.
  let search: @Sendable (String) throws -> [SourceMatch]

  var conventions: Conventions { notation.conventions }

  /// The short names of the failure's type and all that it inherits from.
  var lineage: Set<String> {
    Set(([reproduction.certificate.exception] + reproduction.lineage).map(\.lastName))
  }

  /// The functions of the failing path, `path:function`.
  var failingPath: Set<String> {
    Set(
      reproduction.certificate.path + [reproduction.certificate.innermost].compactMap(\.self)
        + reproduction.path.map { "\($0.path):\($0.symbol.path.last ?? "")" })
  }

  /// What all rules find, heaviest first, each said once.
  func findings() throws -> [Finding] {
    var found: [Finding] = []
    for change in changes {
      for rule in Self.rules { found += try rule(self, change) }
    }
    var seen: Set<String> = []
    return found.filter { seen.insert($0.text).inserted }.sorted { $0.weight > $1.weight }
  }

  typealias Rule = @Sendable (HarmScene, FileChange) throws -> [Finding]

  static let rules: [Rule] = [
    SwallowedExceptions.findings, InventedAnswers.findings, LostEffects.findings,
    SkippedEffects.findings, OmittedItems.findings, ConstantGuards.findings,
    HardCodedInputs.findings,
    LostRefusals.findings, GraveCalls.findings, ForeignState.findings, LossyConversions.findings,
    LowerLevels.findings, FalsyValues.findings,
  ]
}

extension String {
  /// The part behind the last point.
  var lastName: String { split(separator: ".").last.map(String.init) ?? self }

  /// For one line of a report: cut, without line ends.
  var brief: String {
    let flat = split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return flat.count > 60 ? flat.prefix(57) + "…" : flat
  }
}

extension FileChange {
  /// `path:line` of a place after the change.
  func place(_ index: Int) -> String {
    "\(path):\(after?.node(index).span.lines.lowerBound ?? 0)"
  }

  /// The names by which the tree after calls the functions around a place.
  func function(around index: Int) -> String? {
    guard let after, let function = after.function(index) else { return nil }
    return after.name(of: function)
  }
}

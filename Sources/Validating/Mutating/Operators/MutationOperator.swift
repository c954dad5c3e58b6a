import Languages

/// A kind of small change that a good test notices. Operators know no language: they read ``SourceNode`` and write with ``Notation``.
struct MutationOperator: Sendable {
  /// As reports have it: `move-boundary`.
  let name: String
  /// What a survivor says about the tests, to go after "no test …".
  let meaning: String
  let changes: @Sendable (MutationSite) -> [MutationChange]

  init(
    _ name: String, _ meaning: String,
    _ changes: @escaping @Sendable (MutationSite) -> [MutationChange]
  ) {
    self.name = name
    self.meaning = meaning
    self.changes = changes
  }

  /// Few and strong: one that is killed whenever another is killed is left out. So a test of equality in a condition is only
  /// forced, and connectives lose an operand instead of being swapped.
  static let all: [MutationOperator] =
    conditions + arithmetic + constants + results + statements + arguments + flow
}

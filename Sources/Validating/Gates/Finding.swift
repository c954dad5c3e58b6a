/// What a rule saw in a change.
struct Finding: Sendable, Hashable {
  /// How heavily it weighs.
  enum Weight: Int, Sendable, Hashable, Comparable {
    /// Worth a reader's while, and no objection.
    case note
    /// It may be right, and nothing that could be looked at says so: a person has to decide.
    case doubt
    /// What a reviewer fears: the patch is rejected.
    case harm

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  var weight: Weight
  /// A sentence with the place, without captured values.
  var text: String

  static func harm(_ text: String) -> Finding { Finding(weight: .harm, text: text) }
  static func doubt(_ text: String) -> Finding { Finding(weight: .doubt, text: text) }
  static func note(_ text: String) -> Finding { Finding(weight: .note, text: text) }
}

/// That a secret was replaced: what sort it was and where it stood, never what it was.
public struct Redaction: Hashable, Sendable {
  public var kind: String
  /// In words: `variable contact of shop/mail.py:send`.
  public var place: String

  public init(kind: String, place: String) {
    self.kind = kind
    self.place = place
  }
}

/// A form of secrets that a configuration adds.
public struct ScrubRule: Hashable, Sendable {
  public var kind: String
  /// A regular expression; its first group is the secret, or all that it matches.
  public var pattern: String

  public init(kind: String, pattern: String) {
    self.kind = kind
    self.pattern = pattern
  }
}

import Foundation

/// One event as it is written down: whose it is, and what it was found to be.
public struct Arrival: Sendable {
  public enum Finding: Sendable {
    case failure(FailureKey, Exemplar?)
    /// It holds no failure that a case could be about.
    case nothing
  }

  /// What a failure is known by before it has a row.
  public struct FailureKey: Sendable, Hashable {
    /// Twelve hexadecimal digits.
    public var identity: String
    public var scheme: Int
    public var exception: String
    /// The signature, in words.
    public var signature: String

    public init(identity: String, scheme: Int, exception: String, signature: String) {
      self.identity = identity
      self.scheme = scheme
      self.exception = exception
      self.signature = signature
    }
  }

  /// The data of an event, without its secrets.
  public struct Exemplar: Sendable {
    /// How much of it a reproduction can use: the richer one is tried first.
    public var worth: Int
    public var body: [UInt8]

    public init(worth: Int, body: [UInt8]) {
      self.worth = worth
      self.body = body
    }
  }

  public var project: Int64
  /// The event's own identifier.
  public var identity: String
  public var receivedAt: Date
  public var release: String?
  public var finding: Finding
  /// Whether a case may be opened for it: its environment is one that is worked on.
  public var opensCase: Bool

  public init(
    project: Int64, identity: String, receivedAt: Date, release: String? = nil, finding: Finding,
    opensCase: Bool = true
  ) {
    self.project = project
    self.identity = identity
    self.receivedAt = receivedAt
    self.release = release
    self.finding = finding
    self.opensCase = opensCase
  }
}

/// What became of an event: exactly one of these.
public enum EventOutcome: String, Sendable, CaseIterable {
  /// The first of its failure, which opened a case.
  case opened
  /// It came back in a release that holds the fix, and opened a case again.
  case recurred
  /// It joined its failure, and its data was kept.
  case kept
  /// It joined its failure, of which enough is kept.
  case counted
  /// Its failure is ignored, by a person's word.
  case ignored
  /// It holds no failure that a case could be about.
  case nothing
  /// It came a second time.
  case repeated
  // What follows was not acknowledged, and is only counted.
  /// It could not be read: 400.
  case unreadable
  /// It was too large: 413.
  case oversized
  /// There was too much of it: 429.
  case limited
  /// It came without the project's key: 403.
  case forbidden
  /// It is of a kind that nobody asked for, sessions or transactions say: nothing is kept of it.
  case unwanted
}

/// Why a forge did not do what it was asked to. None of them holds a token, or text that we sent.
public enum ForgeFailure: Error, Sendable, Hashable {
  /// A limit of the forge, or our own that keeps clear of it; `nil` where it does not say how long.
  case limited(wait: Duration?)
  /// The token is missing, wrong or expired.
  case unauthorised
  /// No such repository, or none that the token may see.
  case notFound
  /// The forge understood, and will not: its own words, shortened.
  case refused(status: Int, reason: String)
  /// The forge is down or cannot be reached. Where it is unknown whether a write took effect, it is `uncertain`.
  case unavailable(uncertain: Bool)
  /// An answer of success that is not what the forge's description promises.
  case unreadable
  /// More than we read; somebody has filled the place where we look.
  case tooMuch(pages: Int)
}

extension ForgeFailure {
  /// When the same operation is worth another attempt.
  public enum Retry: Sendable, Hashable {
    case atOnce
    case after(Duration)
    /// Not before a person has changed something.
    case never
  }

  /// The rule of every retry; `attempt` counts from 0 those that failed in a row.
  public func retry(attempt: Int) -> Retry {
    switch self {
    case .limited(let wait): .after(wait ?? Self.backoff(.seconds(60), attempt))
    case .unavailable(uncertain: false) where attempt == 0: .atOnce
    // What may still be under way on the forge is given the time to end, so that it is found.
    case .unavailable: .after(Self.backoff(.seconds(30), attempt))
    // A proxy's page in the forge's place goes away by itself.
    case .unreadable: .after(Self.backoff(.seconds(60), attempt))
    case .unauthorised, .notFound, .refused, .tooMuch: .never
    }
  }

  static let longestWait = Duration.seconds(3600)

  private static func backoff(_ first: Duration, _ attempt: Int) -> Duration {
    min(first * (1 << min(max(attempt, 0), 7)), longestWait)
  }
}

extension ForgeFailure: CustomStringConvertible {
  public var description: String {
    switch self {
    case .limited: "The forge's limit is reached.\nhint: it goes on by itself"
    case .unauthorised:
      "The forge does not accept the token.\nhint: it may have expired; set a new one"
    case .notFound:
      "The forge knows no such repository.\nhint: is its name right, and may the token see it?"
    case .refused(let status, let reason):
      "The forge refused with status \(status): \(reason)\n"
        + "hint: `docs/reference/forges.md` says what the token must be allowed to do"
    case .unavailable: "The forge cannot be reached, or is failing.\nhint: it is tried again"
    case .unreadable:
      "The forge's answer is not what its description promises.\n"
        + "hint: is a proxy in between, and is the kind of forge right?"
    case .tooMuch(let pages): "There is more than \(pages) pages to look through."
    }
  }
}

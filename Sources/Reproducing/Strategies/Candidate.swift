import Failures
import Languages

/// A program that may lead to the failure, before it was run.
struct Candidate: Sendable {
  var strategy: Reproduction.Strategy
  var entry: String
  /// The position of the entry's frame: what lies inside must come back in the same order.
  var frameIndex: Int
  var program: Program
  var assumptions: [String] = []
  var expectedExceptions: [Meaning] = []
  /// Whether the program names anything of the repository; one that does not shows nothing about it.
  var entersRepository = true
  /// Whether the receiver is a new object, of which nothing but the type is known.
  var assumesReceiver = false
}

/// What a strategy found out: programs to try, and what kept it from making others.
struct Proposal: Sendable {
  var candidates: [Candidate] = []
  var missing: [Missing] = []
}

/// A value that a strategy needed and the event does not hold.
struct Missing: Sendable, Hashable {
  /// `cart.items of shop.pricing:total`
  var what: String
  /// `truncated at 10`
  var why: String

  var description: String { "value of \(what): \(why)" }

  /// The loss of a captured value in words.
  static func reason(of loss: CapturedValue) -> String {
    switch loss {
    case .truncated(let known, _):
      "truncated at \(known.children.isEmpty ? "its limit" : "\(known.children.count)")"
    case .opaque(let type?, _): "only its type is known, \(type)"
    case .opaque: "only a description is known"
    case .redacted(let kind): "redacted (\(kind))"
    case .absent: "not sent"
    case .unread: "not read"
    default: "not rebuilt"
    }
  }
}

import Failures

/// One line beside a commit: what we have to say about it.
public struct CommitStatus: Sendable, Hashable {
  public enum State: String, Sendable, Hashable, CaseIterable {
    case pending, success, failure
  }

  /// Under which name a newer status takes an older one's place.
  public static let context = "nevermore"

  public let state: State
  /// One line of at most 140 characters, which is what the shortest of the forges takes.
  public let description: String
  /// A page that says more.
  public let page: String?

  public init(_ state: State, _ description: String, page: String? = nil) {
    self.state = state
    self.description = SafeText.line(description, limit: 140)
    self.page = SafeText.link(page)
  }

  /// What is inconclusive stays pending: a person has the last word.
  public init(_ verdict: Verdict, page: String? = nil) {
    let passed = verdict.gates.count { $0.result == .passed }
    let gates = "\(passed) of \(verdict.gates.count) gates passed"
    switch verdict.decision {
    case .accepted: self.init(.success, "accepted: \(gates)", page: page)
    case .rejected: self.init(.failure, "rejected: \(gates)", page: page)
    case .inconclusive: self.init(.pending, "inconclusive: \(gates); yours to decide", page: page)
    }
  }

  func saysTheSame(as other: CommitStatus) -> Bool {
    state == other.state && description == other.description
  }
}

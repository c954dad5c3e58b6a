import Failures

/// What the gates add up to.
///
/// Any gate that failed rejects. A patch is accepted when the gates that concern the failure itself all passed, and at least one
/// of the two that look at everything else. All the rest is inconclusive, with the doubt said.
enum Decision {
  /// The gates without which nothing is accepted.
  static let needed: [Gate.Name] = [.redThenGreen, .scope, .harmless, .mutation, .stable]
  /// One of these has to speak for what the patch must not change.
  static let elsewhere: [Gate.Name] = [.suite, .unchangedElsewhere]

  /// - Parameter doubtful: gates in which something was seen that only a person can weigh.
  static func verdict(_ gates: [Gate], doubtful: Set<Gate.Name> = []) -> Verdict {
    let ordered = Gate.Name.allCases.compactMap { name in gates.first { $0.name == name } }
    if ordered.contains(where: { $0.result == .failed }) {
      return Verdict(decision: .rejected, gates: ordered)
    }
    func hasPassed(_ name: Gate.Name) -> Bool {
      ordered.contains { $0.name == name && $0.result == .passed }
    }
    let open = needed.filter { !hasPassed($0) } + elsewhere.filter(doubtful.contains)
    if open.isEmpty, elsewhere.contains(where: hasPassed) {
      return Verdict(decision: .accepted, gates: ordered)
    }
    let doubts = (open.isEmpty ? elsewhere : open).compactMap { name in
      ordered.first { $0.name == name }.map { "\(name.rawValue): \($0.evidence)" }
    }
    return Verdict(
      decision: .inconclusive, gates: ordered, doubt: doubts.joined(separator: " "))
  }
}

import Failures

/// A verdict in words for the person who decides: the decision first, then a line a gate, then what stands behind them.
enum VerdictText {
  static func lines(_ verdict: Verdict) -> [String] {
    var lines = [headline(verdict)]
    for gate in verdict.gates {
      lines.append(
        "  \(gate.result.rawValue.padded(8)) \(gate.name.rawValue.padded(20)) \(gate.evidence)")
    }
    let details = verdict.gates.filter { !$0.details.isEmpty }
    if !details.isEmpty { lines.append("") }
    for gate in details {
      lines.append("\(gate.name.rawValue):")
      lines += gate.details.map { "  - \($0)" }
    }
    return lines
  }

  private static func headline(_ verdict: Verdict) -> String {
    let names = { (result: Gate.Result) in
      verdict.gates.filter { $0.result == result }.map(\.name.rawValue).joined(separator: ", ")
    }
    switch verdict.decision {
    case .accepted:
      return
        "accepted  the patch mends this failure, and nothing that was looked at speaks against it"
    case .rejected: return "rejected  \(names(.failed)) failed"
    case .inconclusive:
      return "inconclusive  nothing failed, and \(names(.notRun)) could not be decided"
    }
  }
}

extension String {
  fileprivate func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

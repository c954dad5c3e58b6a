import Failures

/// Nothing of what a reviewer fears: no effect lost, nothing swallowed, no answer made up.
enum HarmlessGate {
  static func gate(_ findings: [Finding]) -> Gate {
    let harm = findings.filter { $0.weight == .harm }
    let doubts = findings.filter { $0.weight == .doubt }
    let details = findings.sorted { $0.weight > $1.weight }.map(\.text)
    if let first = harm.first {
      return Gate(.harmless, .failed, first.text + ".", details: details)
    }
    if let first = doubts.first {
      return Gate(.harmless, .notRun, "A person has to decide: \(first.text).", details: details)
    }
    return Gate(
      .harmless, .passed,
      "No effect is lost, no exception swallowed, no answer made up, no input hard-coded.",
      details: details)
  }
}

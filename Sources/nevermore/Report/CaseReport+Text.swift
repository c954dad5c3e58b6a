import Failures
import Foundation
import Languages
import Repairing
import Validating

/// What people read.
extension CaseReport {
  var text: String {
    var lines = verdict.map { VerdictText.lines($0).map(\.withoutControls) + [""] } ?? []
    lines += [
      "failure \(failure)  \((event.exception?.type ?? "no exception").withoutControls)"
    ]
    if let stop {
      lines.append("stopped  \(stop.reason.rawValue): \(stop.detail.withoutControls)")
      lines += stop.missing.map { "missing  \($0.withoutControls)" }
      lines.append("remedy   \(stop.remedy)")
    }
    if let reproduction { lines += Self.lines(of: reproduction) }
    if !redactions.isEmpty {
      let counts = redactionCounts.map { "\($0.kind) in \($0.places)" }.joined(separator: ", ")
      lines.append("replaced \(counts)")
    }
    if let test {
      lines.append("test     \(test.text.path)")
      if let branch { lines.append("branch   \(branch)") }
      lines += repairLines
      lines += ["", test.text.source]
    }
    if let patch, stop == nil { lines += ["", patch.diff] }
    if let recipe { lines += ["", recipe] }
    return lines.joined(separator: "\n")
  }

  /// What was tried where nothing is shipped, and what tells two patches apart that both pass.
  private var repairLines: [String] {
    if !alternatives.isEmpty {
      return alternatives.flatMap { alternative in
        [
          "",
          "either   \(alternative.judged.proposal.origin), which differs on \(alternative.differsOn):",
        ]
          + [alternative.judged.patch.diff]
      }
    }
    guard patch == nil else { return [] }
    let left = tried.left.prefix(Self.shownTries).map { "left     \($0)".withoutControls }
    guard let nearest = tried.nearest else {
      return ["fix      nothing in the code says how to mend it"] + left
    }
    let count = tried.turnedDown.count
    let judged = tried.turnedDown.prefix(Self.shownTries).flatMap { judged in
      ["judged   \(judged.proposal.origin)"] + Self.open(judged.verdict)
    }
    return [
      "fix      \(count == 1 ? "the one that was" : "none of \(count) that were") judged is \(count == 1 ? "not " : "")proven"
    ] + judged.map(\.withoutControls) + left
      + ["", "nearest  \(nearest.proposal.origin): \(nearest.proposal.reason)".withoutControls]
      + [nearest.patch.diff]
  }

  private static let shownTries = 12

  private static func open(_ verdict: Verdict) -> [String] {
    verdict.gates.filter { $0.result != .passed && $0.evidence != Judge.skipped }.map {
      "         \($0.name.rawValue): \($0.evidence)"
    }
  }

  private static func lines(of reproduction: Reproduction) -> [String] {
    let certificate = reproduction.certificate
    return [
      "reproduced  \(certificate.runs) of \(certificate.of) by \(reproduction.strategy.rawValue) of \(reproduction.entry.withoutControls)",
      "            \(PullRequest.sentence(certificate.counterfactual))",
    ] + Self.minimised(reproduction.minimised)
      + reproduction.assumptions.map { "assumed  \($0.withoutControls)" }
  }

  /// Only where something was left out.
  private static func minimised(_ minimised: Minimised) -> [String] {
    guard minimised.after < minimised.before else { return [] }
    return [
      "smaller     \(minimised.before) bytes of data became \(minimised.after), in \(minimised.calls) runs"
    ]
  }
}

extension String {
  /// Without anything that could forge a line of ours or steer a terminal.
  var withoutControls: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map {
          switch $0.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: "?"
          default: $0
          }
        }))
  }
}

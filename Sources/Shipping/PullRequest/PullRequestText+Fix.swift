import Failures

/// What a reviewer reads of the fix: where it is from, what each gate saw, what survived, and which
/// other changes would pass as well.
extension PullRequestText {
  static func change(_ fix: PullRequestFix) -> String? {
    guard fix.isShipped, let patch = fix.patch else { return nil }
    var lines = ["## What the fix changes", ""]
    if !fix.reason.isEmpty { lines += [MarkdownText.prose(fix.reason), ""] }
    for path in patch.files.keys.sorted().prefix(10) {
      let verb = patch.files[path] == .some(nil) ? "removed" : "changed"
      lines.append("- \(MarkdownText.code(path, limit: 200)): \(verb)\(size(of: path, patch)).")
    }
    if patch.files.count > 10 { lines.append("- … and \(patch.files.count - 10) more files.") }
    lines.append("- Written by \(MarkdownText.code(patch.origin.description)).")
    return lines.joined(separator: "\n")
  }

  static func verdict(_ fix: PullRequestFix) -> String {
    let verdict = fix.verdict
    var lines = ["## Verdict: \(verdict.decision.rawValue)", ""]
    if let doubt = verdict.doubt { lines += [MarkdownText.prose(doubt), ""] }
    lines += ["| Gate | Result | Evidence |", "|---|---|---|"]
    lines += verdict.gates.map { gate in
      let cells = [
        gate.name.rawValue, gate.result == .notRun ? "not run" : gate.result.rawValue,
        cell(gate.evidence),
      ]
      return "| \(cells.joined(separator: " | ")) |"
    }
    for gate in verdict.gates where gate.result == .failed && gate.name != .mutation {
      lines += details(of: gate, "Failed at \(gate.name.rawValue)")
    }
    for gate in verdict.gates where gate.name == .mutation {
      lines += details(of: gate, "Mutants of the fix that the test does not notice")
    }
    return lines.joined(separator: "\n")
  }

  static func alternatives(_ fix: PullRequestFix) -> String? {
    guard !fix.alternatives.isEmpty else { return nil }
    let claim =
      fix.isShipped
      ? "These pass the gates, too. Each answers otherwise than the fix for the input that is named."
      : "None is shipped: they pass the gates, and answer otherwise for the input that is named."
    var parts = ["## Other changes that would pass", claim]
    for alternative in fix.alternatives.prefix(3) {
      parts.append(
        "Of \(MarkdownText.code(alternative.origin.description)); differs on: "
          + MarkdownText.prose(alternative.differsOn))
      parts.append(MarkdownText.lines(alternative.diff, language: "diff", limit: 40))
    }
    let left = fix.alternatives.count - 3
    if left > 0 { parts.append("… and \(left) more.") }
    return parts.joined(separator: "\n\n")
  }

  /// Gates that nobody ran are not passed: a reviewer is told again below the table.
  static func unrun(_ fix: PullRequestFix) -> [String] {
    fix.verdict.gates.filter { $0.result == .notRun }.map { gate in
      "the gate \(gate.name.rawValue) was not run: \(gate.evidence)"
    }
  }

  private static func details(of gate: Gate, _ title: String) -> [String] {
    guard !gate.details.isEmpty else { return [] }
    var lines = ["", "\(title):", ""]
    lines += gate.details.prefix(8).map { "- \(MarkdownText.code($0, limit: 240))" }
    if gate.details.count > 8 { lines.append("- … and \(gate.details.count - 8) more.") }
    return lines
  }

  /// A bar ends a cell even inside code, unless it is escaped.
  private static func cell(_ text: String) -> String {
    MarkdownText.prose(text).replacingOccurrences(of: "|", with: "\\|")
  }

  /// Lines that the diff adds and takes away in one file.
  private static func size(of path: String, _ patch: Patch) -> String {
    var (isInside, added, removed) = (false, 0, 0)
    for line in patch.diff.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("diff --git ") {
        isInside = line.hasSuffix(" b/\(path)")
      } else if isInside, line.hasPrefix("+"), !line.hasPrefix("+++ ") {
        added += 1
      } else if isInside, line.hasPrefix("-"), !line.hasPrefix("--- ") {
        removed += 1
      }
    }
    return added + removed == 0 ? "" : " (+\(added) −\(removed))"
  }
}

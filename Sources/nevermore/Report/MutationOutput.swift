import Interchange
import Languages
import Validating

/// What `mutate` says at the end, for people and for programs. Schema 1.
struct MutationOutput {
  let summary: MutationSummary
  /// The commit that was judged.
  let revision: String
  let isSandboxed: Bool
  let warnings: [String]
  let seconds: Double

  var status: ExitStatus {
    switch summary.outcome {
    case .killed: .fixed
    case .survivors: .survivors
    case .timeouts: .timeouts
    case .failingBaseline: .failingBaseline
    }
  }

  // MARK: JSON

  var json: JSON {
    [
      "schema": 1, "outcome": .string(summary.outcome.rawValue), "revision": .string(revision),
      "score": summary.score.map { .double(Self.rounded($0)) } ?? .null,
      "counts": [
        "killed": .integer(summary.killed), "survived": .integer(summary.survived),
        "timedOut": .integer(summary.timedOut), "notCovered": .integer(summary.notCovered),
        "equivalent": .integer(summary.equivalent), "unviable": .integer(summary.unviable),
        "leftOut": .integer(summary.leftOut.count),
      ],
      "mutants": .array(summary.entries.map(Self.json)),
      "leftOut": .array(summary.leftOut.map { .string($0.identifier) }),
      "unreadable": .array(summary.unreadable.map { .string($0) }),
      "baseline": [
        "failing": .array(summary.failingBaseline.map { .string($0) }),
        "trouble": .optional(summary.trouble),
      ],
      "warnings": .array(warnings.map { .string($0) }),
      "sandbox": isSandboxed ? "bubblewrap" : "none",
      "cpuSeconds": [
        "preparation": .double(Self.rounded(summary.preparationCPUSeconds)),
        "mutants": .double(Self.rounded(summary.judgingCPUSeconds)),
      ], "seconds": .double(Self.rounded(seconds)),
    ]
  }

  private static func json(_ entry: MutationReport.Entry) -> JSON {
    let mutant = entry.mutant
    return [
      "id": .string(mutant.identifier), "file": .string(mutant.path),
      "line": .integer(mutant.span.lines.lowerBound),
      "lastLine": .integer(mutant.span.lines.upperBound),
      "bytes": [
        .integer(mutant.span.bytes.lowerBound), .integer(mutant.span.bytes.upperBound),
      ], "function": .optional(mutant.function),
      "operator": .string(mutant.operation), "original": .string(mutant.original),
      "replacement": .string(mutant.replacement), "outcome": .string(name(entry.outcome)),
      "killedBy": .optional(killer(entry.outcome)), "tier": .string(entry.tier),
      "cpuSeconds": .double((entry.cpuSeconds * 1_000_000).rounded() / 1_000_000),
    ]
  }

  private static func name(_ outcome: MutantOutcome) -> String {
    switch outcome {
    case .killed: "killed"
    case .survived: "survived"
    case .timedOut: "timed-out"
    case .unviable: "unviable"
    case .equivalent: "equivalent"
    case .notCovered: "not-covered"
    }
  }

  private static func killer(_ outcome: MutantOutcome) -> String? {
    if case .killed(let test) = outcome { test } else { nil }
  }

  private static func rounded(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }

  // MARK: text

  var text: String {
    if summary.outcome == .failingBaseline { return baseline }
    var lines = summary.survivors.map(Self.line)
    lines += summary.entries.filter { $0.outcome == .timedOut }.map {
      "\(Self.place($0.mutant))  timed out  \(Self.change($0.mutant))"
    }
    if !lines.isEmpty { lines.append("") }
    lines.append(counts)
    if !summary.leftOut.isEmpty {
      lines.append(
        "left out \(summary.leftOut.count): the time was up; give more with `--seconds`, or less with `--lines`"
      )
    }
    lines += summary.unreadable.map { "not read \($0.withoutControls): it does not parse" }
    return lines.joined(separator: "\n")
  }

  private var counts: String {
    let parts = [
      (summary.killed, "killed"), (summary.survived, "survived"),
      (summary.notCovered, "on lines that no test runs"), (summary.timedOut, "timed out"),
      (summary.equivalent, "the same program"), (summary.unviable, "no program"),
    ]
    let told = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    if told.isEmpty { return "there is nothing to change on these lines" }
    let score = summary.score.map { "\(Int(($0 * 100).rounded(.down))) % killed: " } ?? ""
    return score + told.joined(separator: ", ")
  }

  private var baseline: String {
    var lines = ["the tests cannot judge: they fail without any mutant"]
    lines += summary.failingBaseline.map { "failing  \($0.withoutControls)" }
    if let trouble = summary.trouble { lines.append("trouble  \(trouble.withoutControls)") }
    return lines.joined(separator: "\n")
      + "\nhint: mend them, or choose others with `--tests`"
  }

  /// `shop/prices.py:14 total  move-boundary  - count > 3  + count >= 3  no test has the value at the bound itself`.
  private static func line(_ entry: MutationReport.Entry) -> String {
    "\(place(entry.mutant))  \(entry.mutant.operation)  \(change(entry.mutant))  \(MutationSummary.meaning(of: entry))"
  }

  private static func place(_ mutant: Mutant) -> String {
    "\(mutant.path):\(mutant.span.lines.lowerBound) \(mutant.function ?? "(import)")"
      .withoutControls
  }

  private static func change(_ mutant: Mutant) -> String {
    "- \(brief(mutant.original))  + \(brief(mutant.replacement))"
  }

  private static func brief(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").withoutControls
    return line.isEmpty ? "(nothing)" : line.count > 60 ? line.prefix(59) + "…" : line
  }
}

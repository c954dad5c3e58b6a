import Failures
import Foundation
import Interchange
import Languages
import Pipeline

/// What `fix` and `reproduce` say at the end, for people and for programs. Schema 1.
struct CaseReport {
  let event: FailureEvent
  let failure: String
  let isSandboxed: Bool
  var stop: Stop?
  var test: RegressionTest?
  var reproduction: Reproduction?
  /// The reproduction as a program, for `reproduce`.
  var recipe: String?
  var patch: Patch?
  var verdict: Verdict?
  var branch: String?
  var commits: [String] = []
  var seconds: [String: Double] = [:]

  init(event: FailureEvent, failure: String, isSandboxed: Bool) {
    self.event = event
    self.failure = failure
    self.isSandboxed = isSandboxed
  }

  mutating func take(_ state: CaseState) {
    switch state {
    case .stopped(let stop, let test):
      self.stop = stop
      self.test = test
      reproduction = test?.reproduction
    case .tested(let test):
      self.test = test
      reproduction = test.reproduction
    case .opened, .triaged, .reproduced: break
    }
  }

  var status: ExitStatus {
    if stop != nil { return .stopped }
    return recipe == nil && verdict?.decision != .accepted ? .tested : .fixed
  }

  private var outcome: String {
    if stop != nil { return "stopped" }
    if verdict?.decision == .accepted { return "fixed" }
    return recipe == nil ? "tested" : "reproduced"
  }

  func show(asJSON: Bool) throws(CommandFailure) {
    try Terminal.print(asJSON ? json.text(.compact) : text)
  }

  // MARK: JSON

  var json: JSON {
    guard let recipe, case .object(let members) = contract else { return contract }
    return .object(members + [JSON.Member("recipe", .string(recipe))])
  }

  /// What `fix` prints, to the letter.
  private var contract: JSON {
    [
      "schema": 1, "outcome": .string(outcome), "stop": stopJSON,
      "failure": [
        "id": .string(failure), "signature": .string(event.signature.description),
        "exception": .optional(event.exception?.type),
      ],
      "reproduction": reproductionJSON, "test": testJSON, "patch": patchJSON,
      "alternatives": [], "verdict": verdictJSON, "branch": .optional(branch),
      "commits": .array(commits.map { .string($0) }), "seconds": secondsJSON,
    ]
  }

  private var stopJSON: JSON {
    guard let stop else { return nil }
    return [
      "reason": .string(stop.reason.rawValue), "detail": .string(stop.detail),
      "missing": .array(stop.missing.map { .string($0) }), "remedy": .string(stop.remedy),
    ]
  }

  private var reproductionJSON: JSON {
    guard let reproduction else { return nil }
    let bytes =
      test.map { test in
        test.text.fixtures.values.reduce(test.text.source.utf8.count) { $0 + $1.utf8.count }
      } ?? recipe?.utf8.count ?? 0
    return [
      "strategy": .string(reproduction.strategy.rawValue), "entry": .string(reproduction.entry),
      "runs": .integer(reproduction.certificate.runs), "of": .integer(reproduction.certificate.of),
      "bytesBefore": .integer(bytes), "bytesAfter": .integer(bytes),
      "oracleCalls": .integer(reproduction.oracleCalls),
      "sufficiency": .double((reproduction.sufficiency * 100).rounded() / 100),
      "sandbox": isSandboxed ? "bubblewrap" : "none",
    ]
  }

  private var patchJSON: JSON {
    guard let patch, stop == nil else { return nil }
    return ["diff": .string(patch.diff), "origin": .string(patch.origin.description)]
  }

  private var verdictJSON: JSON {
    guard let verdict else { return nil }
    return [
      "decision": .string(verdict.decision.rawValue),
      "gates": .array(
        verdict.gates.map { gate in
          [
            "name": .string(gate.name.rawValue), "result": .string(gate.result.rawValue),
            "evidence": .string(gate.evidence),
            "details": .array(gate.details.map { .string($0) }),
          ]
        }),
    ]
  }

  private var testJSON: JSON {
    guard let test else { return nil }
    let fixtures = test.text.fixtures.sorted { $0.key < $1.key }.map {
      JSON.Member($0.key, .string($0.value))
    }
    return [
      "path": .string(test.text.path), "framework": .string(test.style.framework.rawValue),
      "expectation": .string(test.rung.rawValue), "source": .string(test.text.source),
      "fixtures": .object(fixtures),
    ]
  }

  private var secondsJSON: JSON {
    let names = Stage.allCases.map(\.rawValue) + ["total", "suiteOnce"]
    return .object(
      names.map { JSON.Member($0, .double(((seconds[$0] ?? 0) * 1000).rounded() / 1000)) })
  }

  // MARK: text

  private var text: String {
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
    if let test {
      lines.append("test     \(test.text.path)")
      if let branch { lines.append("branch   \(branch)") }
      lines += ["", test.text.source]
    }
    if let recipe { lines += ["", recipe] }
    return lines.joined(separator: "\n")
  }

  private static func lines(of reproduction: Reproduction) -> [String] {
    let certificate = reproduction.certificate
    return [
      "reproduced  \(certificate.runs) of \(certificate.of) by \(reproduction.strategy.rawValue) of \(reproduction.entry.withoutControls)",
      "            \(PullRequest.sentence(certificate.counterfactual))",
    ] + reproduction.assumptions.map { "assumed  \($0.withoutControls)" }
  }
}

extension String {
  /// Without anything that could forge a line of ours or steer a terminal.
  fileprivate var withoutControls: String {
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

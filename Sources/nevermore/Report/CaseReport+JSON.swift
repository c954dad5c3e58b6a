import Failures
import Foundation
import Interchange
import Languages
import Pipeline
import Repairing

/// What programs read. Schema 1.
extension CaseReport {
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
      "reproduction": reproductionJSON, "minimised": minimisedJSON, "test": testJSON,
      "patch": patchJSON,
      "alternatives": alternativesJSON, "verdict": verdictJSON, "branch": .optional(branch),
      "commits": .array(commits.map { .string($0) }), "redactions": redactionsJSON,
      "seconds": secondsJSON,
    ]
  }

  private var redactionsJSON: JSON {
    .array(
      redactionCounts.map { ["kind": .string($0.kind), "places": .integer($0.places)] })
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
    return [
      "strategy": .string(reproduction.strategy.rawValue), "entry": .string(reproduction.entry),
      "runs": .integer(reproduction.certificate.runs), "of": .integer(reproduction.certificate.of),
      "bytesBefore": .integer(reproduction.minimised.before),
      "bytesAfter": .integer(reproduction.minimised.after),
      "oracleCalls": .integer(reproduction.oracleCalls),
      "sufficiency": .double((reproduction.sufficiency * 100).rounded() / 100),
      "sandbox": isSandboxed ? "bubblewrap" : "none",
    ]
  }

  private var minimisedJSON: JSON {
    guard let minimised = reproduction?.minimised else { return nil }
    return [
      "before": .integer(minimised.before), "after": .integer(minimised.after),
      "calls": .integer(minimised.calls),
      "seconds": .double((minimised.seconds * 1000).rounded() / 1000),
    ]
  }

  private var patchJSON: JSON {
    guard let patch, stop == nil else { return nil }
    return ["diff": .string(patch.diff), "origin": .string(patch.origin.description)]
  }

  private var alternativesJSON: JSON {
    .array(
      alternatives.map { alternative in
        [
          "diff": .string(alternative.judged.patch.diff),
          "origin": .string(alternative.judged.proposal.origin.description),
          "differsOn": .string(alternative.differsOn),
        ]
      })
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
}

import Failures
import Interchange
import Storage

/// What a case found, out of the object that `fix --json` prints.
struct ReportView {
  struct Reproduction {
    let strategy: String
    let entry: String
    let runs: Int
    let of: Int
    let before: Int
    let after: Int
    let calls: Int
    let sufficiency: String
    let isUnprotected: Bool
  }

  struct Stopped {
    let reason: String
    let detail: String
    let missing: [String]
    let hasMissing: Bool
    let remedy: String
  }

  struct Test {
    let path: String
    let framework: String
    let expectation: String
    let source: String
    let fixtures: [Fixture]
  }

  struct Fixture {
    let path: String
    let text: String
  }

  struct Gate {
    let name: String
    let result: StateView
    let evidence: String
    let details: [String]
    let hasDetails: Bool
  }

  struct Verdict {
    let decision: String
    let gates: [Gate]
  }

  struct Redaction {
    let kind: String
    let places: Int
  }

  let outcome: String
  let stop: Stopped?
  let reproduction: Reproduction?
  let test: Test?
  let patch: DiffView?
  let alternatives: [DiffView]
  let hasAlternatives: Bool
  let verdict: Verdict?
  let redactions: [Redaction]
  let hasRedactions: Bool

  /// Characters that are shown of one file.
  static let fileLimit = 20_000

  init?(_ bytes: [UInt8]) {
    guard let json = try? JSON(parsing: bytes), let outcome = json["outcome"]?.text else {
      return nil
    }
    self.outcome = outcome
    stop = json["stop"].flatMap(Stopped.init)
    reproduction = json["reproduction"].flatMap(Reproduction.init)
    test = json["test"].flatMap(Test.init)
    patch = json["patch"].flatMap(DiffView.init)
    alternatives = (json["alternatives"]?.items ?? []).prefix(4).compactMap(DiffView.init)
    hasAlternatives = !alternatives.isEmpty
    verdict = json["verdict"].flatMap(Verdict.init)
    redactions = (json["redactions"]?.items ?? []).prefix(50).compactMap(Redaction.init)
    hasRedactions = !redactions.isEmpty
  }

  static func shown(_ text: String) -> String {
    text.count > fileLimit
      ? text.prefix(fileLimit) + "\n… (\(text.count) characters)" : text
  }
}

/// What a patch is worth, with the evidence of every gate; never a Bool.
public struct Verdict: Sendable, Hashable {
  public enum Decision: String, Sendable, Hashable, CaseIterable {
    case accepted, rejected, inconclusive
  }

  public var decision: Decision
  /// Every gate, in the order of ``Gate/Name``.
  public var gates: [Gate]
  /// Why it is no clear yes or no; `nil` for what is accepted or rejected.
  public var doubt: String?

  public init(decision: Decision, gates: [Gate], doubt: String? = nil) {
    self.decision = decision
    self.gates = gates
    self.doubt = doubt
  }
}

/// One question that a verdict answers, and what was seen.
public struct Gate: Sendable, Hashable {
  public enum Name: String, Sendable, Hashable, CaseIterable {
    case redThenGreen = "red-then-green"
    case suite
    case unchangedElsewhere = "unchanged-elsewhere"
    case mutation
    case scope
    case harmless
    case stable
  }

  public enum Result: String, Sendable, Hashable, CaseIterable {
    case passed, failed
    /// Nothing was found out: no suite, no budget. It is never taken for passed.
    case notRun = "not-run"
  }

  public var name: Name
  public var result: Result
  /// A sentence that a person can check, without captured values.
  public var evidence: String
  /// Facts behind it, one each: surviving mutants, tests that fail, calls that differ.
  public var details: [String]

  public init(_ name: Name, _ result: Result, _ evidence: String, details: [String] = []) {
    self.name = name
    self.result = result
    self.evidence = evidence
    self.details = details
  }
}

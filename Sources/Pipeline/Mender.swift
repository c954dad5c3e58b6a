import Failures
import Languages
import Repairing
import Validating

/// What a case mends with. Who proposes and who judges never meet but here.
public struct Mender {
  /// One of those who may be asked for a change.
  public enum Repairer {
    /// Rules over the syntax around the failure.
    case templates
    /// Anyone else: a command, a model.
    case other((RegressionTest) throws -> Answer)
  }

  /// What somebody else proposes, and why earlier tries came to nothing.
  public struct Answer {
    public var proposals: [Proposal]
    public var objections: [String]

    public init(proposals: [Proposal], objections: [String]) {
      self.proposals = proposals
      self.objections = objections
    }
  }

  /// The tree that the fix is for, as it is.
  public var before: Side
  /// In the order in which they are asked: a later one only where none before was proven.
  public var repairers: [Repairer]
  public var budget: RepairLoop.Budget
  public var judge: (RegressionTest, Proposal) throws -> (Patch, Verdict)

  public init(
    before: Side, repairers: [Repairer] = [.templates],
    budget: RepairLoop.Budget = RepairLoop.Budget(),
    judge: @escaping (RegressionTest, Proposal) throws -> (Patch, Verdict)
  ) {
    self.before = before
    self.repairers = repairers
    self.budget = budget
    self.judge = judge
  }

  /// Asks one repairer after the other until a change is proven, or two that pass contradict each other.
  func mend(_ test: RegressionTest) throws -> RepairLoop.Outcome {
    var outcome: RepairLoop.Outcome?
    for repairer in repairers where outcome?.isDecided != true {
      let found = try ask(repairer, test)
      outcome = outcome?.followed(by: found) ?? found
    }
    return outcome ?? RepairLoop.Outcome()
  }

  private func ask(_ repairer: Repairer, _ test: RegressionTest) throws -> RepairLoop.Outcome {
    let loop = try RepairLoop(
      reproduction: test.reproduction, instruments: before.instruments, budget: budget
    ) { try judge(test, $0) }
    switch repairer {
    case .templates:
      let templates = Templates(
        test: test, session: before.session, instruments: before.instruments)
      return try loop.run(try templates.proposals()) {
        try templates.furthered($0, raised: $1, states: $2)
      }
    case .other(let propose):
      let answer = try propose(test)
      var outcome = try loop.run(answer.proposals)
      outcome.left = answer.objections + outcome.left
      return outcome
    }
  }
}

extension RepairLoop.Outcome {
  fileprivate var isDecided: Bool { accepted != nil || !alternatives.isEmpty }

  /// What two repairers came to, asked one after the other.
  fileprivate func followed(by next: RepairLoop.Outcome) -> RepairLoop.Outcome {
    var both = next
    both.turnedDown = turnedDown + next.turnedDown
    both.proposed += proposed
    both.judged += judged
    both.left = left + next.left
    return both
  }
}

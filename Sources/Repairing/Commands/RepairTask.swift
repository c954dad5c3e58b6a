import Failures
import Languages

/// What a repairer is handed: the failing test, and the evidence.
public struct RepairTask: Sendable {
  public var failure: String
  public var test: RegressionTest
  /// The operands of the failing expression, as they stood in a run of the reproduction.
  public var crashState: [OperandState]
  /// What runs the test in the tree, as the target's own framework has it.
  public var command: [String]

  public init(
    failure: String, test: RegressionTest, crashState: [OperandState] = [], command: [String]
  ) {
    self.failure = failure
    self.test = test
    self.crashState = crashState
    self.command = command
  }
}

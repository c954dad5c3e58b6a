import Failures

/// Steps before a program that have what production read read again, with no server behind it.
public struct Replay: Sendable, Hashable {
  public var setup: [Statement]
  /// Fixtures of the suite's framework that the steps use.
  public var fixtures: [String]
  /// What stands for a parameter of a driver's type, by the driver's module: `psycopg`.
  public var connections: [String: Expression]
  /// What the steps do, for a report.
  public var assumptions: [String]

  public init(
    setup: [Statement] = [], fixtures: [String] = [], connections: [String: Expression] = [:],
    assumptions: [String] = []
  ) {
    self.setup = setup
    self.fixtures = fixtures
    self.connections = connections
    self.assumptions = assumptions
  }

  public static func + (left: Replay, right: Replay) -> Replay {
    Replay(
      setup: left.setup + right.setup.filter { !left.setup.contains($0) },
      fixtures: left.fixtures + right.fixtures.filter { !left.fixtures.contains($0) },
      connections: left.connections.merging(right.connections) { first, _ in first },
      assumptions: left.assumptions + right.assumptions)
  }
}

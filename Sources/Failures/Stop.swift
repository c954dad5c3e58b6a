/// Why a case ended early: a value with evidence and with what would have helped, not an error.
public struct Stop: Hashable, Sendable {
  /// The documented list; `docs/reference/stop-reasons.md` explains each.
  public enum Reason: String, CaseIterable, Sendable {
    case dependencyDown = "dependency-down"
    case flakyNetwork = "flaky-network"
    case resourceExhausted = "resource-exhausted"
    case configuration
    case badDeploy = "bad-deploy"
    case dataMigrationNeeded = "data-migration-needed"
    case deliberate
    case callerError = "caller-error"
    case operatorAction = "operator-action"
    case clientGone = "client-gone"
    case cancelled
    case vendorBug = "vendor-bug"
    case alreadyFixed = "already-fixed"
    case alreadyTested = "already-tested"
    case notReproduced = "not-reproduced"
    case notInRepository = "not-in-repository"
    case unsupported
    case overBudget = "over-budget"
    case secretMatters = "secret-matters"
    case secretLeft = "secret-left"
  }

  public var reason: Reason
  /// A sentence with the evidence, without captured values.
  public var detail: String
  /// What was missing, one fact each: `value of cart.items: truncated at 10`.
  public var missing: [String]
  /// The setting or action that would have helped.
  public var remedy: String

  public init(_ reason: Reason, _ detail: String, missing: [String] = [], remedy: String) {
    self.reason = reason
    self.detail = detail
    self.missing = missing
    self.remedy = remedy
  }
}

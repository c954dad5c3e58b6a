import Foundation
import GRDB

/// What the work was worth, over all failures of one project or of all.
public struct Insights: Sendable, Equatable {
  /// Failures that came as far as this.
  public struct Rung: Sendable, Equatable {
    public var name: String
    public var count: Int
    /// Of how many it could have been: those of the rung before.
    public var of: Int
    public var definition: String
  }

  /// How long something took, over the failures that it happened to.
  public struct Span: Sendable, Equatable {
    public var name: String
    public var count: Int
    public var p50: Double
    public var p90: Double
    public var definition: String
  }

  /// What the newest case of so many failures ended with.
  public struct Share: Sendable, Equatable {
    public var outcome: String
    /// The stop's reason.
    public var reason: String?
    public var count: Int
    public var of: Int
  }

  public var project: String?
  public var at: Date
  public var funnel: [Rung]
  public var spans: [Span]
  public var yield: [Share]
}

extension Store {
  /// The figures of the moment; a failure that was joined to another is counted as that.
  public func insights(
    ofProject project: Project? = nil, now: Date = Date()
  ) throws(StorageError) -> Insights {
    try storing {
      try pool.read { database in
        let fates = try Row.fetchAll(
          database, sql: InsightsReading.fates, arguments: [project?.id]
        ).map(FailureFate.init)
        let committed = try Row.fetchAll(
          database, sql: InsightsReading.committed, arguments: [project?.id])
        let steps = try Row.fetchAll(
          database, sql: InsightsReading.steps, arguments: [project?.id])
        return Insights(
          project: project?.name, at: now, funnel: Self.funnel(fates),
          spans: InsightsReading.spans(committed: committed, steps: steps),
          yield: Self.yield(fates))
      }
    }
  }

  private static func funnel(_ fates: [FailureFate]) -> [Insights.Rung] {
    let rungs: [(String, String, (FailureFate) -> Bool)] = [
      ("captured", "failures with at least one stored event", { _ in true }),
      ("triaged", "of those, a case has ended or passed triage", \.isTriaged),
      ("reproduced", "of those, a run has failed for the same cause", \.isReproduced),
      ("fixed", "of those, a fix has passed every gate", \.isFixed),
      ("merged", "of those, a person has merged the pull request", \.isMerged),
      ("not recurred", "of those, it never came back in a release with its fix", \.staysAway),
    ]
    var left = fates
    return rungs.map { name, definition, holds in
      let before = left.count
      left = left.filter(holds)
      return Insights.Rung(name: name, count: left.count, of: before, definition: definition)
    }
  }

  private static func yield(_ fates: [FailureFate]) -> [Insights.Share] {
    var counts: [[String?]: Int] = [:]
    for fate in fates { counts[[fate.outcome, fate.reason], default: 0] += 1 }
    return counts.map { key, count in
      Insights.Share(
        outcome: (key.first ?? nil) ?? "", reason: key.last ?? nil, count: count, of: fates.count)
    }.sorted {
      ($1.count, $0.outcome, $0.reason ?? "") < ($0.count, $1.outcome, $1.reason ?? "")
    }
  }
}

/// How far one failure has come.
struct FailureFate {
  var isTriaged: Bool
  var isReproduced: Bool
  var isFixed: Bool
  var isMerged: Bool
  var staysAway: Bool
  /// What its newest case ended with; where it stands, if none has ended.
  var outcome: String
  var reason: String?

  init(_ row: Row) {
    let state = FailureState(rawValue: row["state"]) ?? .seen
    let cameBack: Bool = row["recurred"]
    isTriaged = row["triaged"]
    isReproduced = row["reproduced"]
    isFixed = row["fixed"]
    isMerged = state.isMended || cameBack
    staysAway = !cameBack
    let ended: String? = row["outcome"]
    outcome = state == .ignored ? "ignored" : ended ?? (state == .seen ? "not worked on" : "open")
    reason = outcome == "stopped" ? row["why"] : nil
  }
}

import Foundation
import GRDB

/// Where the figures come from.
enum InsightsReading {
  /// A row a failure: how far any of its cases came, and what the newest one ended with.
  static let fates = """
    SELECT failure.state,
      EXISTS (SELECT 1 FROM attempt WHERE failure = failure.id AND reason = 'recurred') AS recurred,
      coalesce(max(attempt.outcome IN ('fixed', 'tested', 'stopped') OR EXISTS (SELECT 1 FROM step
        WHERE step.attempt = attempt.id AND step.stage = 'triage')), 0) AS triaged,
      coalesce(max(attempt.outcome IN ('fixed', 'tested') OR (attempt.report IS NOT NULL
        AND json_extract(CAST(attempt.report AS TEXT), '$.reproduction') IS NOT NULL)), 0) AS reproduced,
      coalesce(max(attempt.outcome = 'fixed'), 0) AS fixed,
      newest.outcome, CASE WHEN newest.outcome = 'stopped'
        THEN json_extract(CAST(newest.report AS TEXT), '$.stop.reason') END AS why
    FROM failure LEFT JOIN attempt ON attempt.failure = failure.id AND attempt.reason <> 'ship'
      LEFT JOIN (SELECT id, failure, report,
          CASE state WHEN 'dead' THEN 'given up' ELSE outcome END AS outcome
        FROM attempt) newest ON newest.id = (SELECT max(id) FROM attempt last
          WHERE last.failure = failure.id AND last.reason <> 'ship'
            AND last.state IN ('ended', 'dead'))
    WHERE failure.joined IS NULL AND (?1 IS NULL OR failure.project = ?1) GROUP BY failure.id
    """

  /// The first case of every failure whose test is on a branch.
  private static let firstCommitted = """
    SELECT min(id) FROM attempt WHERE outcome IN ('fixed', 'tested')
      AND json_extract(CAST(report AS TEXT), '$.branch') IS NOT NULL GROUP BY failure
    """

  static let committed = """
    SELECT failure.firstSeen, attempt.openedAt, attempt.endedAt, (SELECT min(step.at - step.seconds)
      FROM step WHERE step.attempt = attempt.id) AS begun
    FROM attempt JOIN failure ON failure.id = attempt.failure
    WHERE failure.joined IS NULL AND (?1 IS NULL OR failure.project = ?1)
      AND attempt.id IN (\(firstCommitted))
    """

  /// Of the last try of these cases, the seconds of every stage.
  static let steps = """
    SELECT step.stage, sum(step.seconds) AS seconds
    FROM step JOIN attempt ON attempt.id = step.attempt AND attempt.tries = step.try
      JOIN failure ON failure.id = attempt.failure
    WHERE failure.joined IS NULL AND (?1 IS NULL OR failure.project = ?1)
      AND attempt.id IN (\(firstCommitted))
    GROUP BY step.attempt, step.stage
    """

  /// The stages in their order; what has another name comes last.
  static let stages = ["triage", "reproduce", "minimise", "test", "repair", "validate", "ship"]

  static func spans(committed: [Row], steps: [Row]) -> [Insights.Span] {
    let whole = committed.map { max(0, ($0["endedAt"] as Double) - ($0["firstSeen"] as Double)) }
    let waits = committed.compactMap { row in
      (row["begun"] as Double?).map { max(0, $0 - (row["firstSeen"] as Double)) }
    }
    var byStage: [String: [Double]] = [:]
    for row in steps { byStage[row["stage"], default: []].append(row["seconds"]) }
    let known = stages.filter { byStage[$0] != nil }
    let others = byStage.keys.filter { !stages.contains($0) }.sorted()
    return [
      span(
        "first event to committed test", whole,
        "from the first event to the end of the case that wrote the branch"),
      span(
        "waiting", waits, "of that, from the first event to the beginning of the case's first step"),
    ].compactMap { $0 }
      + (known + others).compactMap { stage in
        span(
          stage, byStage[stage] ?? [],
          "of that, seconds in the stage `\(stage)`, in the try that ended")
      }
  }

  private static func span(
    _ name: String, _ seconds: [Double], _ definition: String
  ) -> Insights.Span? {
    guard !seconds.isEmpty else { return nil }
    return Insights.Span(
      name: name, count: seconds.count, p50: percentile(50, of: seconds),
      p90: percentile(90, of: seconds), definition: definition)
  }

  /// The smallest value that at least so many of a hundred do not exceed (nearest rank).
  static func percentile(_ share: Int, of values: [Double]) -> Double {
    let rank = (share * values.count + 99) / 100
    return values.sorted()[max(1, rank) - 1]
  }
}

import Failures
import Languages

/// The new test passes whatever the seed, the order and the clock.
struct StableGate {
  let test: RegressionTest
  let after: Side

  func gate() throws -> Gate {
    let runs: [Rerun]
    do { runs = try after.instruments.rerun(test.text) } catch {
      return Gate(.stable, .notRun, "The reruns could not be made: \(error)")
    }
    return Self.gate(runs)
  }

  /// The runs that have to be made: fewer say nothing.
  static let forks = 17
  static let fresh = 3

  static func gate(_ runs: [Rerun]) -> Gate {
    let failed = runs.filter { $0.result != .passed }
    let forked = runs.filter { !$0.isFresh }
    let fresh = runs.filter(\.isFresh)
    let details = failed.map { "\($0.circumstances): \($0.result.rawValue)" }
    guard !runs.isEmpty else { return Gate(.stable, .notRun, "The new test was not run again.") }
    if !forked.isEmpty, forked.allSatisfy({ $0.result != .passed }),
      fresh.count >= Self.fresh, fresh.allSatisfy({ $0.result == .passed })
    {
      // What fails in every fork and in no fresh process is no chance: the fork is not what a fresh process is.
      return Gate(
        .stable, .notRun,
        "The new test passes in \(fresh.count) fresh runs and in no fork: forks of this suite say nothing.",
        details: details)
    }
    guard failed.isEmpty else {
      return Gate(
        .stable, .failed, "The new test fails in \(failed.count) of \(runs.count) reruns.",
        details: details)
    }
    guard forked.count >= Self.forks, fresh.count >= Self.fresh else {
      return Gate(
        .stable, .notRun,
        "The new test passes in \(forked.count) forked and \(fresh.count) fresh runs, and \(Self.forks) and \(Self.fresh) are asked for."
      )
    }
    return Gate(
      .stable, .passed,
      "The new test passes in \(forked.count) forked and \(fresh.count) fresh runs with other seeds, orders and clocks."
    )
  }
}

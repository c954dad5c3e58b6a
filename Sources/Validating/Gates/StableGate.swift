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

  static func gate(_ runs: [Rerun]) -> Gate {
    let failed = runs.filter { $0.result != .passed }
    let forked = runs.count { !$0.isFresh }
    let fresh = runs.count - forked
    guard !runs.isEmpty else { return Gate(.stable, .notRun, "The new test was not run again.") }
    guard failed.isEmpty else {
      return Gate(
        .stable, .failed, "The new test fails in \(failed.count) of \(runs.count) reruns.",
        details: failed.map { "\($0.circumstances): \($0.result.rawValue)" })
    }
    return Gate(
      .stable, .passed,
      "The new test passes in \(forked) forked and \(fresh) fresh runs with other seeds, orders and clocks."
    )
  }
}

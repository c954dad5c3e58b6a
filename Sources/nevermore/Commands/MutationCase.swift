import Foundation
import Shipping
import Validating

/// One run of `mutate`: what is asked for, judged on a committed tree.
struct MutationCase {
  let workspace: Workspace
  let diff: String?
  let lines: [String]
  let tests: [String]
  let seconds: Double

  func finish() throws -> MutationOutput {
    defer { workspace.close() }
    let started = Date()
    do {
      let range = try range()
      let revision = range?.end ?? workspace.head
      let target = try workspace.target(at: revision)
      let instruments = target.instruments()
      let sources = MutationSources(
        workspace: workspace, revision: revision, conventions: instruments.notation.conventions)
      let scope = try range.map(sources.scope(changedIn:)) ?? sources.scope(lines: lines)
      try sources.check(tests: tests)
      let trial = MutationTrial(instruments)
      let plan = try trial.plan(scope)
      Terminal.progress(
        "\(plan.mutants.count) mutants in \(Set(plan.mutants.map(\.path)).count) files")
      let left = max(1, seconds - Date().timeIntervalSince(started))
      let summary = try trial.judge(plan, tests: tests.isEmpty ? nil : tests, seconds: left)
      return MutationOutput(
        summary: summary, revision: revision.id, isSandboxed: workspace.isSandboxed,
        warnings: sources.warnings(about: scope, isHead: revision == workspace.head),
        seconds: Date().timeIntervalSince(started))
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(.ourFault, "\(error)")
    }
  }

  private func range() throws(CommandFailure) -> RevisionRange? {
    guard let diff else { return nil }
    guard let range = try Workspace.wrapping({ try workspace.repository.range(diff) }) else {
      throw CommandFailure(
        .usage, "`\(diff)` names no range of commits\nhint: `--diff main..HEAD`, or `--diff HEAD~1`"
      )
    }
    return range
  }
}

import Failures
import Foundation
import Intake
import Languages
import Pipeline
import Reproducing
import Sandboxing
import Shipping

/// Loops the pipeline over one case, measures its stages, and ships what it ends with.
struct CaseRun {
  /// How far the case is to go.
  enum Goal { case reproduced, tested, shipped }

  let options: CaseOptions
  let goal: Goal
  let body: String?

  func finish() throws -> CaseReport {
    let started = Date()
    try checkBody()
    let bench = try Workbench(options)
    defer { bench.close() }
    do {
      var report = try run(bench)
      report.seconds["total"] = Date().timeIntervalSince(started)
      return report
    } catch let failure as CommandFailure {
      throw failure
    } catch let error as ShippingError {
      throw CommandFailure(error.isRefusal ? .refused : .ourFault, error.description)
    } catch {
      throw CommandFailure(.ourFault, "\(error)")
    }
  }

  /// That the pull request's text can be written, before anything is shipped.
  private func checkBody() throws(CommandFailure) {
    guard let body else { return }
    let folder = (body as NSString).deletingLastPathComponent
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(
      atPath: folder.isEmpty ? "." : folder, isDirectory: &isFolder)
    guard exists, isFolder.boolValue,
      FileManager.default.isWritableFile(atPath: folder.isEmpty ? "." : folder)
    else {
      throw CommandFailure(
        .usage, "`\(body)` cannot be written\nhint: give a file in a folder that exists")
    }
  }

  private func run(_ bench: Workbench) throws -> CaseReport {
    let failure = bench.event.signature.failureIdentifier
    var report = CaseReport(event: bench.event, failure: failure, isSandboxed: bench.isSandboxed)
    let released = try bench.session(at: bench.revision)
    let current = bench.head == bench.revision ? nil : try bench.session(at: bench.head)
    guard let evidence = try Evidence(of: bench.event, in: released) else {
      report.stop = Stop(
        .unsupported, "The event holds no exception.",
        remedy: "send the exception with its stack trace")
      return report
    }
    let work = Case(failure: failure, released: released, current: current)
    var state = CaseState.opened(
      Opening(event: bench.event, failure: failure, evidence: evidence))
    while !state.isFinal, let stage = Case.stage(after: state) {
      let began = Date()
      state = try work.advance(state)
      let took = Date().timeIntervalSince(began)
      report.seconds[stage.rawValue] = took
      Terminal.progress(Narration.line(stage, took, state))
      if goal == .reproduced, case .reproduced(let reproduction) = state {
        report.reproduction = reproduction
        report.recipe = try released.source(reproduction.program)
        return report
      }
    }
    report.take(state)
    if case .tested(let test) = state { try ship(test, bench, &report) }
    return report
  }

  private func ship(
    _ test: RegressionTest, _ bench: Workbench, _ report: inout CaseReport
  ) throws {
    let began = Date()
    if goal == .shipped {
      let shipped = try bench.repository.ship(
        Shipment(base: bench.head, steps: PullRequest.steps(test, report.failure)))
      report.branch = shipped.branch
      report.commits = shipped.commits
    }
    if let body {
      let facts = PullRequest.facts(test, failure: report.failure, isSandboxed: bench.isSandboxed)
      try PullRequestText(facts).body.write(toFile: body, atomically: true, encoding: .utf8)
    }
    report.seconds[Stage.ship.rawValue] = Date().timeIntervalSince(began)
  }
}

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
  /// An event that is at hand already; else the options name one.
  var given: OrderedEvent?
  var watcher = CaseWatcher()

  func finish() throws -> CaseReport {
    let started = Date()
    try checkBody()
    let bench = try Workbench(options, mayWrite: goal == .shipped, given: given)
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
      let message = "\(error)"
      let leak = bench.scrubbing.leak(in: [Array(message.utf8)])
      throw CommandFailure(
        .ourFault, leak == nil ? message : "the error holds a secret of the event")
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
    let failure = bench.failure
    var report = CaseReport(bench)
    let released = try bench.side(at: bench.revision)
    let current = bench.head == bench.revision ? nil : try bench.side(at: bench.head)
    guard let evidence = try Evidence(of: bench.event, in: released.session) else {
      report.stop = Stop(
        .unsupported, "The event holds no exception.",
        remedy: "send the exception with its stack trace")
      return report
    }
    let clock = SuiteClock()
    let before = clock.timing(current ?? released).remembering()
    let jury = Jury(bench: bench, before: before)
    let work = Case(
      failure: failure, released: released.session, current: current?.session,
      mender: Mender(
        before: before, repairers: bench.menders(failure: failure), judge: jury.judge))
    var state = CaseState.opened(
      Opening(event: bench.event, failure: failure, evidence: evidence))
    while let stage = work.stage(after: state) {
      let began = Date()
      state = try work.advance(state)
      report.seconds[stage.rawValue] = Date().timeIntervalSince(began)
      if stage == .repair {
        report.seconds[Stage.validate.rawValue] = jury.seconds
        report.seconds[stage.rawValue, default: 0] -= jury.seconds
      }
      if case .reproduced(let reproduction) = state {
        report.seconds[Stage.minimise.rawValue] = reproduction.minimised.seconds
        report.seconds[stage.rawValue, default: 0] -= reproduction.minimised.seconds
      }
      watcher.took(stage, report.seconds[stage.rawValue] ?? 0, state)
      if goal == .reproduced, case .reproduced(let reproduction) = state {
        report.reproduction = reproduction
        report.recipe = try released.session.source(reproduction.program)
        return checked(report, bench)
      }
      if stage == .reproduce, case .stopped(let stop, _) = state {
        state = try SecretTrial(scrubbing: bench.scrubbing, session: released.session)
          .next(after: stop, failure)
      }
    }
    report.seconds["suiteOnce"] = clock.seconds
    report.take(state)
    report = checked(report, bench)
    if report.stop == nil, case .repaired(let test, let outcome) = state {
      try ship(test, PullRequestFix(outcome), bench, &report)
    }
    return report
  }

  /// The report, or one that says that it holds a secret.
  private func checked(_ report: CaseReport, _ bench: Workbench) -> CaseReport {
    let leak = bench.scrubbing.leak(in: report.written)
    return leak.map(report.withheld) ?? report
  }

  private func ship(
    _ test: RegressionTest, _ fix: PullRequestFix?, _ bench: Workbench,
    _ report: inout CaseReport
  ) throws {
    let began = Date()
    let shipment = Shipment(
      base: bench.head, steps: PullRequest.steps(test, report.failure, fix: fix))
    let facts = PullRequest.facts(
      test, failure: report.failure, isSandboxed: bench.isSandboxed, fix: fix)
    let text = PullRequestText(facts)
    let written = shipment.written + [Array(text.title.utf8), Array(text.body.utf8)]
    if let leak = bench.scrubbing.leak(in: written) {
      report = report.withheld(for: leak)
      return
    }
    report.review = text
    if goal == .shipped {
      try watcher.willShip()
      let shipped = try bench.repository.ship(shipment)
      report.branch = shipped.branch
      report.commits = shipped.commits
    }
    if let body { try text.body.write(toFile: body, atomically: true, encoding: .utf8) }
    report.seconds[Stage.ship.rawValue] = Date().timeIntervalSince(began)
  }
}

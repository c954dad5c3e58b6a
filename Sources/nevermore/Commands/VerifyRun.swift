import Failures
import Foundation
import Languages
import Pipeline
import Reproducing
import Shipping
import Validating

/// Leads one case to its test, as `fix` does, and judges a patch that somebody else wrote.
struct VerifyRun {
  let options: CaseOptions
  /// The file of the diff; `-` for standard input.
  let patch: String
  let failFast: Bool

  func finish() throws -> CaseReport {
    let started = Date()
    let diff = try read()
    let bench = try Workbench(options)
    defer { bench.close() }
    do {
      let (patch, base) = try placed(diff, bench)
      var report = try run(patch, base, bench)
      if let leak = bench.scrubbing.leak(in: report.written) { report = report.withheld(for: leak) }
      report.seconds["total"] = Date().timeIntervalSince(started)
      return report
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(.ourFault, "\(error)")
    }
  }

  // MARK: the patch

  /// Diffs beyond this are never read to their end.
  static let largestDiff = 4 << 20

  private func read() throws(CommandFailure) -> [UInt8] {
    let file =
      patch == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: patch)
    guard let file,
      case .success(let content) = Result(catching: {
        try file.read(upToCount: Self.largestDiff + 1) ?? Data()
      })
    else {
      throw CommandFailure(
        .usage,
        "`\(patch)` cannot be read as a patch: \(unreadable)\nhint: give the output of `git diff`, or `-` for standard input"
      )
    }
    guard content.count <= Self.largestDiff else {
      throw CommandFailure(
        .usage,
        "`\(patch)` has more than \(Self.largestDiff) bytes\nhint: split it; what cannot be reviewed cannot be proven"
      )
    }
    return Array(content)
  }

  private var unreadable: String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: patch, isDirectory: &isFolder) else {
      return "there is no such file"
    }
    return isFolder.boolValue ? "it is a folder" : "it may not be read, or holds no bytes"
  }

  /// The patch of the revision that it applies to: the one that was asked for, else HEAD, else the event's release.
  private func placed(
    _ diff: [UInt8], _ bench: Workbench
  ) throws(CommandFailure) -> (Patch, Revision) {
    var places = options.at == nil ? [bench.head] : [bench.revision]
    if !places.contains(bench.revision) { places.append(bench.revision) }
    var failure: PatchError?
    for revision in places {
      do {
        return (
          try bench.repository.patch(applying: diff, at: revision, origin: .person), revision
        )
      } catch { failure = failure ?? error }
    }
    throw CommandFailure(.usage, failure?.description ?? "the patch does not apply")
  }

  // MARK: the case

  private func run(_ patch: Patch, _ base: Revision, _ bench: Workbench) throws -> CaseReport {
    let failure = bench.failure
    var report = CaseReport(bench)
    report.patch = patch
    let released = try bench.side(at: bench.revision)
    let current = base == bench.revision ? nil : try bench.side(at: base)
    guard let evidence = try Evidence(of: bench.event, in: released.session) else {
      report.stop = Stop(
        .unsupported, "The event holds no exception.",
        remedy: "send the exception with its stack trace")
      return report
    }
    // The judge's test stands beside one of the same name that the patch brings, or that was merged.
    let taken = Set(patch.files.keys).union(try current?.session.style().files ?? [])
    let work = Case(
      failure: failure, released: released.session, current: current?.session, taken: taken)
    let opening = Opening(event: bench.event, failure: failure, evidence: evidence)
    var state = CaseState.opened(opening)
    while let stage = work.stage(after: state) {
      state = try timed(stage, &report) {
        try judgeable(try work.advance(state), evidence, released.session, opening)
      } say: {
        Narration.line(stage, $0, $1)
      }
    }
    report.take(state)
    guard case .tested(let test) = state else { return report }
    report.verdict = try timed(.validate, &report) {
      let judge = Judge(
        test: test, before: current ?? released, after: try bench.side(at: base, with: patch),
        budget: JudgeBudget(stopsAtFirstFailure: failFast))
      return try judge.verdict(of: patch)
    } say: { seconds, verdict in
      Narration.line(.validate, seconds, verdict.decision.rawValue)
    }
    return report
  }

  /// A failure that has its test already is judged like any other: the patch may be the fix that the test waits for.
  private func judgeable(
    _ state: CaseState, _ evidence: Evidence, _ session: TargetSession, _ opening: Opening
  ) throws -> CaseState {
    guard case .stopped(let stop, _) = state, stop.reason == .alreadyTested else { return state }
    if let stop = try Triage(evidence: evidence, session: session).verdict() {
      return .stopped(stop, nil)
    }
    return .triaged(opening)
  }

  private func timed<Result>(
    _ stage: Stage, _ report: inout CaseReport, _ work: () throws -> Result,
    say: (Double, Result) -> String
  ) throws -> Result {
    let began = Date()
    let result = try work()
    let took = Date().timeIntervalSince(began)
    report.seconds[stage.rawValue] = took
    Terminal.progress(say(took, result))
    return result
  }
}

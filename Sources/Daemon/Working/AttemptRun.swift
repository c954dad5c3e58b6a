import Failures
import Foundation
import Intake
import Logging
import Storage

/// One try of one attempt, from its event to its end.
struct AttemptRun: Sendable {
  let store: Store
  let crew: Crew
  let attempt: Attempt
  let logger: Logger

  /// Seconds for which a case is held without a word.
  static let leaseSeconds = 90.0
  private static let heartbeat = Duration.seconds(20)

  func finish() async {
    do {
      try await work()
    } catch StorageError.fenced {
      logger.info("a case went to another worker", metadata: metadata)
    } catch  where Task.isCancelled {
      // The daemon ends: whoever comes next goes on at once, and no try was used up.
      try? store.putBack(attempt)
    } catch {
      giveBack("\(error)")
    }
  }

  private var metadata: Logger.Metadata {
    ["attempt": "\(attempt.id)", "failure": "\(attempt.failure)"]
  }

  private func work() async throws {
    guard let project = try store.projects().first(where: { $0.id == attempt.project }),
      let failure = try store.failure(attempt.failure)
    else { throw WorkError("the project is gone") }
    if attempt.reason == .ship { return try await ship(project, failure) }
    guard let stored = try store.exemplar(for: attempt), let event = FailureEvent(stored: stored)
    else { throw WorkError("no event of the failure is kept") }
    let site = try await crew.site(project)
    let order = WorkOrder(
      event: event, failure: failure.identity, repository: site.folder,
      environments: site.environments)
    let ending = try await withHeartbeat {
      try await crew.worker.work(order) { try heard($0, failure) }
    }
    switch ending {
    case .ended(let result): try end(result, project, failure)
    case .failed(let why): throw WorkError(why)
    case .vanished: throw WorkError("the worker ended without a word")
    }
  }

  /// Writes a stage down; answers whether the branch may be written.
  private func heard(_ line: WorkLine, _ failure: FailureRecord) throws -> Bool {
    switch line {
    case .stage(let name, let finding, let product, let seconds):
      let step = Step(
        stage: name, finding: finding, product: product, seconds: seconds,
        tryNumber: attempt.tries)
      try store.append(step, to: attempt, holding: Self.leaseSeconds)
      return true
    case .willShip:
      _ = try store.begin("branch \(failure.identity)", of: attempt)
      return true
    case .ended, .failed: return true
    }
  }

  private func ship(_ project: Project, _ failure: FailureRecord) async throws {
    let site = try await crew.site(project)
    guard let remote = site.remote else { throw WorkError("the repository has no remote") }
    try await withHeartbeat {
      try await ShipRun(
        store: store, project: project, failure: failure, attempt: attempt, courier: crew.courier,
        desk: crew.desk, checkout: site.folder, remote: remote,
        base: project.settings.base ?? site.branch ?? "main"
      ).finish()
    }
  }

  private func end(
    _ result: WorkResult, _ project: Project, _ failure: FailureRecord
  ) throws {
    let leaves = project.settings.pushes || project.isRemote
    let state: FailureState =
      switch result.outcome {
      case "fixed": .fixed
      case "tested": .tested
      default: .stopped
      }
    if let branch = result.branch {
      try store.finish("branch \(failure.identity)", of: attempt, with: branch)
    }
    try store.end(
      attempt,
      with: AttemptEnd(
        outcome: result.outcome, state: state, report: result.report.bytes(),
        branch: result.branch, fixCommit: state == .fixed ? result.commits.last : nil,
        shipment: leaves ? ShipOrder(result)?.bytes : nil))
    logger.info("a case ended", metadata: metadata.merging(["outcome": "\(result.outcome)"]) { $1 })
  }

  private func giveBack(_ cause: String) {
    logger.warning("a case could not be worked", metadata: metadata)
    do {
      try store.giveBack(attempt, because: cause)
    } catch {
      logger.error(
        "a case could not be given back",
        metadata: metadata.merging(["reason": "\(error)"]) { $1 })
    }
  }

  /// Holds on to the lease for as long as `work` takes; where somebody else has it, the work is ended.
  private func withHeartbeat<Outcome: Sendable>(
    _ work: @escaping @Sendable () async throws -> Outcome
  ) async throws -> Outcome {
    try await withThrowingTaskGroup(of: Outcome?.self) { group in
      group.addTask { try await work() }
      group.addTask {
        while true {
          try await Task.sleep(for: Self.heartbeat)
          try store.renew(attempt, for: Self.leaseSeconds)
        }
      }
      defer { group.cancelAll() }
      while let finished = try await group.next() {
        if let finished { return finished }
      }
      throw CancellationError()
    }
  }
}

/// Why a case could not be worked, for our or the machine's sake.
struct WorkError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

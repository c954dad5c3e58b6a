import Failures
import Foundation
import Storage

/// Takes the failures of a log in, beside a daemon that runs or without one.
public struct LogIntake: Sendable {
  private let store: Store
  private let log: ArrivalLog
  private let desk: ProjectDesk

  public init(
    store: Store, project: Project, sorting: @escaping @Sendable (Project) throws -> Sorting
  ) {
    self.store = store
    log = ArrivalLog(store)
    desk = ProjectDesk(project, open: sorting)
  }

  /// What became of a failure, once that is durable. A log is not told to come later: what is beyond the project's quota waits here.
  public func take(_ event: FailureEvent) async throws -> EventOutcome {
    while let seconds = desk.wait() { try await Task.sleep(for: .seconds(seconds)) }
    let sorter = try desk.sorter()
    let sorted = sorter.sorted(event, at: Date())
    let outcome = try await log.append(sorted.arrival)
    sorter.remember(sorted)
    return outcome
  }

  /// Counts what was no failure that could be read.
  public func count(_ outcome: EventOutcome) async {
    await store.tally(outcome, project: desk.project.id)
  }
}

import Foundation
import GRDB

/// Writes arrivals in groups: one that was answered is on the disk, and while one group is written the next one gathers.
public actor ArrivalLog {
  private struct Waiting {
    let arrival: Arrival
    let continuation: CheckedContinuation<Result<EventOutcome, StorageError>, Never>
  }

  private let store: Store
  private var waiting: [Waiting] = []
  private var isWriting = false
  /// The most that one transaction takes, so that nobody waits long.
  private static let groupLimit = 256

  public init(_ store: Store) { self.store = store }

  /// What became of the arrival, once that is durable.
  public func append(_ arrival: Arrival) async throws(StorageError) -> EventOutcome {
    let result = await withCheckedContinuation { continuation in
      waiting.append(Waiting(arrival: arrival, continuation: continuation))
      guard !isWriting else { return }
      isWriting = true
      Task { await self.write() }
    }
    return try result.get()
  }

  private func write() async {
    while !waiting.isEmpty {
      let group = Array(waiting.prefix(Self.groupLimit))
      waiting.removeFirst(group.count)
      let outcomes = await store.record(group.map(\.arrival))
      for (position, one) in group.enumerated() {
        one.continuation.resume(returning: outcomes.map { $0[position] })
      }
    }
    isWriting = false
  }
}

extension Store {
  /// All of them, or none.
  func record(_ arrivals: [Arrival]) async -> Result<[EventOutcome], StorageError> {
    let folder = folder
    do {
      return .success(
        try await pool.write { database in
          var ledger = ArrivalLedger(database)
          let outcomes = try arrivals.map { try ledger.enter($0) }
          try ledger.close()
          return outcomes
        })
    } catch {
      return .failure(StorageError(error, folder: folder))
    }
  }

  /// Counts what is not kept.
  public func tally(
    _ outcome: EventOutcome, project: Int64, at moment: Date = Date(), count: Int = 1
  ) async {
    // A figure that could not be written is lost; nothing else may be for its sake.
    try? await pool.write { database in
      try database.execute(
        sql: ArrivalLedger.tallying,
        arguments: [project, ArrivalLedger.day(moment), outcome.rawValue, count])
    }
  }
}

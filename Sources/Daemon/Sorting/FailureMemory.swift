import Failures
import Storage

/// The failures that were seen lately, by their signature as it came: in memory alone, since that may hold a secret.
///
/// An event of a failure of which enough is kept needs no second look: it is counted, and nothing of it is stored.
struct FailureMemory {
  struct Entry {
    var key: Arrival.FailureKey
    /// Events of it whose data was handed on to be kept.
    var kept: Int
    /// The worth of the richest of them.
    var best: Int
  }

  /// Two generations: what was not asked for while one filled is forgotten.
  private var young: [FailureSignature: Entry] = [:]
  private var old: [FailureSignature: Entry] = [:]
  private let limit: Int

  init(limit: Int = 20_000) { self.limit = limit }

  mutating func entry(of signature: FailureSignature) -> Entry? {
    if let entry = young[signature] { return entry }
    guard let entry = old[signature] else { return nil }
    set(entry, for: signature)
    return entry
  }

  mutating func set(_ entry: Entry, for signature: FailureSignature) {
    if young.count >= limit {
      old = young
      young = [:]
    }
    young[signature] = entry
  }
}

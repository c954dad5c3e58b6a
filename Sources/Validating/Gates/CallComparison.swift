import Languages

/// Calls of the changed functions on both sides, matched by function, test and input.
struct CallComparison: Sendable {
  struct Difference: Sendable, Hashable {
    var function: FunctionPlace
    var test: String
    /// What differs, in words.
    var what: String
  }

  private(set) var equal = 0
  private(set) var inexact = 0
  /// Calls that failed before as the failure does.
  private(set) var mended = 0
  /// Calls that differ from themselves without the patch: dice, clocks, addresses.
  private(set) var unstable = 0
  private(set) var differences: [Difference] = []

  private struct Key: Hashable {
    var function: FunctionPlace
    var test: String
    var input: String
  }

  /// - Parameters:
  ///   - unstable: tests that are set aside.
  ///   - failure: the type of the failure's exception.
  ///   - again: the calls of a second run without the patch, of the tests in which something differs.
  init(
    before: [CallRecord], after: [CallRecord], unstable: Set<String>, failure: String,
    again: [CallRecord]? = nil
  ) {
    let old = Self.grouped(before, unstable)
    let new = Self.grouped(after, unstable)
    let second = again.map { Self.grouped($0, unstable) }
    for (key, calls) in old {
      guard let others = new[key] else { continue }
      for (place, (call, other)) in zip(calls, others).enumerated() {
        guard call.isExact, other.isExact else {
          inexact += 1
          continue
        }
        if let raised = call.raised,
          raised.prefix(while: { $0 != ":" }).description.lastName == failure
        {
          mended += 1
          continue
        }
        if let what = Self.difference(call, other) {
          if let second, !Self.isStable(call, place, second[key]) {
            self.unstable += 1
            continue
          }
          differences.append(Difference(function: key.function, test: key.test, what: what))
        } else {
          equal += 1
        }
      }
    }
    differences.sort { ($0.test, $0.function.name, $0.what) < ($1.test, $1.function.name, $1.what) }
  }

  private static func grouped(
    _ calls: [CallRecord], _ unstable: Set<String>
  ) -> [Key: [CallRecord]] {
    var found: [Key: [CallRecord]] = [:]
    for call in calls where !unstable.contains(call.test) {
      found[Key(function: call.function, test: call.test, input: call.input), default: []]
        .append(call)
    }
    return found
  }

  private static func isStable(_ call: CallRecord, _ place: Int, _ again: [CallRecord]?) -> Bool {
    guard let again, place < again.count else { return false }
    return difference(call, again[place]) == nil
  }

  private static func difference(_ before: CallRecord, _ after: CallRecord) -> String? {
    switch (before.raised, after.raised) {
    case (nil, let raised?): return "it raises `\(raised.brief)` where it gave a result"
    case (let raised?, nil): return "it gives a result where it raised `\(raised.brief)`"
    case (let old?, let new?) where old != new: return "it raises another exception"
    default: break
    }
    if before.resultType != after.resultType {
      return
        "its result is a `\(after.resultType ?? "?")` instead of a `\(before.resultType ?? "?")`"
    }
    if before.result != after.result { return "its result differs" }
    if before.inputAfter != after.inputAfter { return "it leaves its arguments otherwise" }
    return before.effects == after.effects ? nil : "its effects differ"
  }
}

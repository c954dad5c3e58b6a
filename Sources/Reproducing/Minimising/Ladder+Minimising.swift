import Foundation
import Languages

extension Ladder {
  /// Leaves out every part of the state without which it fails for the same cause too.
  mutating func trim(_ candidate: inout Candidate, _ oracle: SameCause) throws {
    for part in candidate.state.reversed() where !candidate.uses(part) {
      let less = candidate.without(part)
      if case .same = try judge(less.program, oracle) { candidate = less }
    }
  }

  /// The same program with less data, where its data is large.
  mutating func minimise(
    _ candidate: inout Candidate, _ oracle: SameCause
  ) throws -> Minimised {
    let program = candidate.program
    let before = Canonical(program).bytes.count
    guard before > Self.small else { return Minimised(before: before, after: before) }
    let begun = Date()
    let session = session
    let alike = Likeness(try session.run(program), oracle)
    var calls = 1
    for keepsFields in before > Self.large ? [false] : [true, false]
    where Canonical(candidate.program).bytes.count > Self.small {
      var minimiser = Minimiser(
        keepsFields: keepsFields, calls: Self.minimisingCalls - calls,
        isInTime: { Date().timeIntervalSince(begun) < Self.minimisingSeconds },
        reads: { outline in
          try session.run(outline.noting(session.noting)).reads
        },
        fails: { try alike.holds(session.run($0)) })
      candidate.program = try minimiser.minimised(candidate.program)
      calls += minimiser.spent + 1
    }
    trials += calls
    return Minimised(
      before: before, after: Canonical(candidate.program).bytes.count, calls: calls,
      seconds: Date().timeIntervalSince(begun))
  }

  /// Bytes of data that a reader takes in at a glance: so much stays as production sent it.
  static let small = 500
  /// Bytes of which nobody reads all: only what matters is left of so much, and made small.
  static let large = 4096
  static let minimisingCalls = 150
  static let minimisingSeconds = 5.0
}

import Languages

extension Ladder {
  /// A failure that another day changes gets the clock of the moment when it happened: a test that time alone turns is none.
  mutating func holdClock(
    of candidate: inout Candidate, _ oracle: SameCause
  ) throws -> Bool {
    if try holds(candidate.program, oracle) { return true }
    let state = StateReplay(evidence: evidence, session: session)
    let parts = try state.moment(from: candidate.frameIndex)
    var held = candidate.with(parts.filter { !candidate.state.contains($0) })
    if case .same = try judge(held.program, oracle), try holds(held.program, oracle) {
      for part in parts.reversed() {
        let less = held.without(part)
        if case .same = try judge(less.program, oracle), try holds(less.program, oracle) {
          held = less
        }
      }
      candidate = held
      return true
    }
    attempts.append(
      "\(candidate.strategy.rawValue) of \(candidate.entry): it fails on this day and not on others, and the clock could not be held"
    )
    return false
  }

  /// Whether it fails for the same cause tomorrow, and in the year after next.
  mutating func holds(_ program: Program, _ oracle: SameCause) throws -> Bool {
    for days in [1, 500] {
      trials += 1
      guard case .same = oracle.judge(try session.runLater(program, days)) else { return false }
    }
    return true
  }
}

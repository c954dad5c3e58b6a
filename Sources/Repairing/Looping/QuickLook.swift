import Failures
import Languages

/// What the failing program and its neighbours do with a proposal, before any gate is asked: seconds, not minutes.
struct QuickLook {
  enum Sight {
    /// The failure is gone and what worked is unchanged; what every program did.
    case holds([Observation])
    /// The same kind of failure at another place of the repository.
    case movesOn(RaisedException, [OperandState])
    /// Why it is not worth a judge's time.
    case fails(String)
  }

  let reproduction: Reproduction
  let instruments: Instruments
  /// Inputs near the failing one, in words.
  let changed: [String]
  private let programs: [Program]
  private let before: [Observation]

  init(_ reproduction: Reproduction, instruments: Instruments, neighbours: Int) throws {
    self.reproduction = reproduction
    self.instruments = instruments
    let near = Neighbours.of(reproduction.program, limit: neighbours)
    changed = near.map(\.changed)
    programs = [reproduction.program] + near.map(\.program)
    let once = try instruments.observe(programs, [:])
    // What differs by itself, because of a clock or an address, tells nothing.
    before = zip(once, try instruments.observe(programs, [:])).map { first, second in
      var steady = first
      steady.isExact = first.isExact && first.result == second.result && first.state == second.state
      return steady
    }
  }

  func look(at proposal: Proposal) throws -> Sight {
    let after = try instruments.observe(programs, proposal.changes)
    guard after.count == before.count, let first = after.first else {
      return .fails("the programs could not be run with it")
    }
    switch first.report.outcome {
    case .returned: break
    case .raised(let exceptions):
      guard let raised = exceptions.first else { return .fails("it ends without a report") }
      if !isAnswer(raised) {
        return raised.type == reproduction.certificate.exception
          ? .movesOn(raised, first.report.crashState) : .fails("it raises `\(raised.type)` instead")
      }
    case .timedOut: return .fails("it does not end")
    case .ended: return .fails("it ends the process")
    case .unusable: return .fails("it cannot be loaded")
    }
    for (old, new) in zip(before, after).dropFirst() {
      if let trouble = Self.difference(old, new) { return .fails(trouble) }
      if isFailure(old), isFailure(new), isSameValue(old, before[0]) {
        return .fails("a nearby input still fails alike")
      }
    }
    return .holds(after)
  }

  /// Whether two failures speak of the same thing, and not only in the same words.
  private func isSameValue(_ left: Observation, _ right: Observation) -> Bool {
    left.report.exception?.message == right.report.exception?.message
  }

  private func isFailure(_ observation: Observation) -> Bool {
    observation.report.exception.map { reproduction.certificate.isMet(by: $0, in: "") } ?? false
  }

  /// One of the repository's own types for such input, and not a kind of the failure.
  private func isAnswer(_ raised: RaisedException) -> Bool {
    let names = raised.lineage.map { $0.split(separator: ".").last.map(String.init) ?? $0 }
    guard !reproduction.lineage.contains(where: { $0 == raised.lineage.first }) else {
      return false
    }
    return reproduction.expectedExceptions.contains { meaning in
      meaning.isNarrowException
        && meaning.symbol.path.last.map { names.contains($0) } == true
    } || isOwn(raised)
  }

  /// Raised on purpose in the repository, by a type of its own.
  private func isOwn(_ raised: RaisedException) -> Bool {
    guard let root = reproduction.path.last?.symbol.module.split(separator: ".").first else {
      return false
    }
    return raised.module.split(separator: ".").first == root
      && raised.type != reproduction.certificate.exception
  }

  /// How a program that worked, or failed otherwise, does something else now; `nil` where it does not.
  static func difference(_ old: Observation, _ new: Observation) -> String? {
    switch (old.report.outcome, new.report.outcome) {
    case (.returned(let was), .returned(let now)):
      if was != now { return "a nearby input gives `\(now)` instead of `\(was)`" }
      guard old.isExact, new.isExact else { return nil }
      return old.result == new.result && old.state == new.state
        ? nil : "a nearby input gives another result"
    case (.returned, .raised(let exceptions)):
      return "a nearby input that worked raises `\(exceptions.first?.type ?? "")`"
    case (.returned, _): return "a nearby input that worked ends otherwise"
    default: return nil
    }
  }
}

import Failures
import Languages

/// Programs near the failing one, run on both sides.
struct NeighbourComparison: Sendable {
  struct Pair: Sendable {
    var neighbour: Neighbours.Neighbour
    var before: Observation
    var after: Observation
  }

  /// What a pair shows.
  enum Finding: Sendable, Hashable {
    /// It worked before and does the same after.
    case same
    /// It worked before and does something else after.
    case differs(String)
    /// It failed before as the failure does, and no longer.
    case mended
    /// It fails as the failure does, before and after: on the same line and in the same words. A failure that names its input,
    /// like a key that is not there, may be right for another input.
    case stillFails
    /// It was refused on purpose, and is let in after.
    case letIn(String)
    /// It failed otherwise before.
    case other
    /// It could not be compared.
    case unclear
  }

  private(set) var pairs: [Pair] = []
  private(set) var findings: [Finding] = []
  /// The operands of the failing expression.
  private(set) var crashState: [OperandState] = []
  /// Why nothing could be observed; `nil` where it was.
  private(set) var trouble: String?
  let test: RegressionTest

  init(test: RegressionTest, before: Side, after: Side, limit: Int) throws {
    self.test = test
    let program = test.reproduction.program
    let neighbours = limit > 0 ? Neighbours.of(program, limit: limit, isWide: true) : []
    do {
      let programs = [program] + neighbours.map(\.program)
      let old = try before.instruments.observe(programs, [:])
      let new = limit > 0 ? try after.instruments.observe(programs, [:]) : []
      crashState = old.first?.report.crashState ?? []
      let failure = old.first.flatMap { $0.report.exception }
      pairs = zip(neighbours, zip(old.dropFirst(), new.dropFirst())).map {
        Pair(neighbour: $0, before: $1.0, after: $1.1)
      }
      findings = try pairs.map { try finding($0, failure, before) }
      try setAsideUnstable(before)
    } catch {
      trouble = "\(error)"
    }
  }

  func count(_ finding: Finding) -> Int { findings.count { $0 == finding } }

  // MARK: deciding

  private func finding(
    _ pair: Pair, _ failure: RaisedException?, _ before: Side
  ) throws -> Finding {
    switch pair.before.report.outcome {
    case .returned(let type):
      guard let what = Self.difference(pair, type) else { return .same }
      return what.isEmpty ? .unclear : .differs(what)
    case .raised(let exceptions):
      let certificate = test.reproduction.certificate
      if let same = exceptions.first(where: { certificate.isMet(by: $0, in: "") }),
        failure.map({ Self.line($0) == Self.line(same) && $0.message == same.message }) ?? true
      {
        return isAlike(pair.after, exceptions) ? .stillFails : .mended
      }
      guard case .returned = pair.after.report.outcome, let raised = exceptions.first else {
        return .other
      }
      return try isDeliberate(raised, before) ? .letIn(raised.type) : .other
    case .timedOut, .ended, .unusable: return .unclear
    }
  }

  /// Whether what leaves the program is of the same type, and has the failure behind it. A failure that only stands behind
  /// another exception than before was answered.
  private func isAlike(_ observation: Observation, _ before: [RaisedException]) -> Bool {
    guard case .raised(let exceptions) = observation.report.outcome else { return false }
    return exceptions.first?.type == before.first?.type
      && exceptions.contains { test.reproduction.certificate.isMet(by: $0, in: "") }
  }

  /// What differs in words; empty where the outcome is alike and the rest cannot be told; `nil` where nothing differs.
  static func difference(_ pair: Pair, _ type: String) -> String? {
    switch pair.after.report.outcome {
    case .returned(let other):
      if type != other { return "it gives a `\(other)` instead of a `\(type)`" }
      if pair.before.report.effects != pair.after.report.effects {
        return "it changes other files or starts other programs"
      }
      guard pair.before.isExact, pair.after.isExact else { return "" }
      if pair.before.result != pair.after.result { return "its result differs" }
      return pair.before.state == pair.after.state ? nil : "it leaves its values otherwise"
    case .raised(let exceptions):
      return "it raises `\(exceptions.first?.type ?? "?")` where it gave a result"
    case .timedOut: return "it does not end in time"
    case .ended(let how): return "the process ends: \(how)"
    case .unusable: return ""
    }
  }

  private static func line(_ raised: RaisedException) -> Int? {
    raised.frames.last { $0.repositoryPath != nil }?.line
  }

  /// Whether the innermost frame is the repository's own and stands at a statement that raises.
  private func isDeliberate(_ raised: RaisedException, _ before: Side) throws -> Bool {
    guard let frame = raised.frames.last, let path = frame.repositoryPath,
      let file = try before.instruments.syntax(path, [frame.line...frame.line])
    else { return false }
    return file.root.flattened.contains {
      ($0.kind == .fail || $0.kind == .check) && $0.span.lines.contains(frame.line)
    }
  }

  /// What differs from itself without any patch says nothing.
  private mutating func setAsideUnstable(_ before: Side) throws {
    let doubtful = findings.indices.filter {
      if case .differs = findings[$0] { true } else { false }
    }
    guard !doubtful.isEmpty else { return }
    let again = try before.instruments.observe(doubtful.map { pairs[$0].neighbour.program }, [:])
    for (place, observation) in zip(doubtful, again) {
      guard case .returned(let type) = pairs[place].before.report.outcome else { continue }
      var same = pairs[place]
      same.after = observation
      if Self.difference(same, type) != nil { findings[place] = .unclear }
    }
  }
}

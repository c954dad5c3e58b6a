import Languages
import Synchronization

extension Side {
  /// The same side, which runs its suite and reads its files once: for the side before, when many candidates are judged against
  /// it. Programs are run each time: two runs that differ tell of chance.
  public func remembering() -> Side {
    let suites = Memory<SuiteRequest, SuiteReport>()
    let files = Memory<String, SourceFile?>()
    let plain = instruments
    var side = self
    side.instruments.runSuite = { request in
      try suites.value(of: request) { try plain.runSuite(request) }
    }
    side.instruments.syntax = { path, lines in
      guard lines == nil else { return try plain.syntax(path, lines) }
      return try files.value(of: path) { try plain.syntax(path, nil) }
    }
    return side
  }
}

/// What was measured, by what was asked.
private final class Memory<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
  private let known = Mutex<[Question: Answer]>([:])

  func value(of question: Question, _ work: () throws -> Answer) throws -> Answer {
    if let answer = known.withLock({ $0[question] }) { return answer }
    let answer = try work()
    known.withLock { $0[question] = answer }
    return answer
  }
}

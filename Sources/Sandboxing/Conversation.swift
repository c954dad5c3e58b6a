/// The state of a program that is talked to line by line.
struct Conversation {
  var run: Run
  let limits: Limits
  private var ending: Completion.Ending?
  /// Up to where the output is known to hold no newline.
  private var searched = 0
  private var hasAnswered = false

  init(run: Run, limits: Limits) {
    self.run = run
    self.limits = limits
  }

  mutating func send(_ line: [UInt8], deadline: Double) -> Result<Void, SandboxError> {
    guard ending == nil, run.exchange.acceptsInput else { return .failure(.ended) }
    let end = Clock.now + deadline
    run.exchange.send(line + [UInt8(ascii: "\n")])
    while !run.exchange.isAllSent {
      if Clock.now >= end { return .failure(.noAnswer(seconds: deadline)) }
      step(until: end)
      if pending > 2 * SandboxedProcess.longestLine { return .failure(.tooLong) }
    }
    return run.exchange.acceptsInput ? .success(()) : .failure(.ended)
  }

  mutating func receiveLine(deadline: Double) -> Result<[UInt8]?, SandboxError> {
    let end = Clock.now + deadline
    while true {
      if let line = nextLine() { return .success(line) }
      if pending > SandboxedProcess.longestLine { return .failure(.tooLong) }
      if ending != nil || !run.exchange.outputIsOpen { return lastLine() }
      if Clock.now >= end { return .failure(.noAnswer(seconds: deadline)) }
      step(until: end)
    }
  }

  mutating func lastErrors() -> [UInt8] {
    if ending == nil { run.step(milliseconds: 0) }
    return Array(run.exchange.errors.suffix(SandboxedProcess.keptErrors))
  }

  mutating func finish(deadline: Double) -> Completion.Ending {
    if let ending { return ending }
    run.exchange.closeInput()
    let end = Clock.now + deadline
    while !run.tree.hasEnded(), Clock.now < end, pending <= 2 * SandboxedProcess.longestLine {
      step(until: end, atMost: 10)
    }
    let endedByItself = run.tree.hasEnded()
    run.step(milliseconds: 0)
    run.tree.end()
    run.exchange.drain(upTo: 2 * SandboxedProcess.longestLine)
    let seconds = Clock.now - run.started
    let ending =
      endedByItself || run.tree.ranOutOfMemory
      ? run.naturalEnding(limits: limits, seconds: seconds) : .wallTime
    self.ending = ending
    return ending
  }

  /// Bytes that have come and were not taken.
  private var pending: Int { run.exchange.output.count - run.exchange.taken }

  private mutating func step(until end: Double, atMost milliseconds: Int = 1000) {
    run.step(milliseconds: max(1, min(milliseconds, Int((end - Clock.now) * 1000) + 1)))
    run.exchange.keepErrors(last: SandboxedProcess.keptErrors)
  }

  private mutating func nextLine() -> [UInt8]? {
    guard let newline = run.exchange.newline(from: max(searched, run.exchange.taken)) else {
      searched = run.exchange.output.count
      return nil
    }
    hasAnswered = true
    let line = run.exchange.takeOutput(upTo: newline, skipping: 1)
    searched = run.exchange.taken
    return line
  }

  /// What came after the last newline; or why there never was an answer, if bubblewrap failed.
  private mutating func lastLine() -> Result<[UInt8]?, SandboxError> {
    if pending > 0 {
      hasAnswered = true
      let line = run.exchange.takeOutput(upTo: run.exchange.output.count, skipping: 0)
      searched = run.exchange.taken
      return .success(line)
    }
    if !hasAnswered, ending == nil {
      let end = Clock.now + 1
      // A build that failed ends at once; a program that only closed its output may live on.
      while !run.tree.hasEnded(), Clock.now < end { step(until: end, atMost: 10) }
      if run.tree.hasEnded(), let words = run.buildFailure(finish(deadline: 0)) {
        return .failure(Sandbox.buildError(words))
      }
    }
    return .success(nil)
  }
}

extension SandboxError {
  fileprivate static var tooLong: SandboxError {
    .lineTooLong(bytes: SandboxedProcess.longestLine)
  }
}

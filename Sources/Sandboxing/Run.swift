import Glibc

/// One launched program: its processes and its bytes.
struct Run {
  var exchange: Exchange
  var tree: ProcessTree
  let started: Double

  /// Starts the program with pipes as its standard streams; `extras` become descriptors 3 and up.
  static func start(
    arguments: [String], environment: [String: String], directory: String,
    extras: [Descriptor], report: Descriptor?, group: ControlGroup?, takesInput: Bool,
    kind: ProcessTree.Kind
  ) throws(SandboxError) -> Run {
    let input = takesInput ? try Descriptor.pipe() : nil
    let output = try Descriptor.pipe()
    let errors = try Descriptor.pipe()
    let standardInput = if let input { input.reading } else { try Descriptor.null() }
    let started = Clock.now
    let launch = Launch(
      arguments: arguments, environment: environment, directory: directory,
      descriptors: [standardInput, output.writing, errors.writing] + extras)
    switch Launcher.shared.start(launch) {
    case .failure(let failure):
      throw .notLaunched(program: arguments[0], number: failure.number)
    case .success(let identifier):
      return Run(
        exchange: Exchange(
          input: input?.writing, output: output.reading, errors: errors.reading, report: report),
        tree: ProcessTree(identifier: identifier, kind: kind, group: group), started: started)
    }
  }

  /// Moves bytes for at most so long, and notes what the launcher reports.
  mutating func step(milliseconds: Int) {
    exchange.step(milliseconds: milliseconds)
    noteReport()
  }

  mutating func noteReport() {
    if let process = Report.number("child-pid", in: exchange.report) {
      tree.note(firstProcess: process)
    }
  }

  /// Moves bytes until the program ends or reaches a limit, and then ends what is left of it.
  mutating func complete(
    limits: Limits, isEnough: () -> Bool = { false }
  ) -> Completion {
    let deadline = started + limits.wallSeconds
    var ending: Completion.Ending?
    var pause = 1
    while ending == nil, !tree.hasEnded() {
      let rest = max(0, Int((deadline - Clock.now) * 1000) + 1)
      // With every pipe closed there is nothing to wake us, so look ever less often.
      let isSilent = !exchange.streamsAreOpen && !exchange.reportIsOpen
      step(milliseconds: min(rest, isSilent ? pause : 50))
      pause = min(pause * 2, 20)
      if isOverfull(limits) { ending = .outputLimit }
      if Clock.now >= deadline { ending = .wallTime }
      if ending == nil, isEnough() { ending = .interrupted }
    }
    step(milliseconds: 0)
    tree.end()
    exchange.drain(upTo: limits.outputBytes)
    if ending == nil, isOverfull(limits) { ending = .outputLimit }
    let seconds = Clock.now - started
    return Completion(
      ending: ending ?? naturalEnding(limits: limits, seconds: seconds),
      output: Array(exchange.output.prefix(limits.outputBytes)),
      errors: Array(exchange.errors.prefix(limits.outputBytes)), seconds: seconds)
  }

  private func isOverfull(_ limits: Limits) -> Bool {
    exchange.output.count > limits.outputBytes || exchange.errors.count > limits.outputBytes
  }

  /// How the program ended of its own accord, or by a limit that the kernel keeps.
  func naturalEnding(limits: Limits, seconds: Double) -> Completion.Ending {
    if tree.ranOutOfMemory { return .memory }
    let status = tree.status ?? 0
    var signal = status & 0x7f
    var code = (status >> 8) & 0xff
    if tree.kind == .confined, signal == 0 {
      code = Report.number("exit-code", in: exchange.report) ?? code
      if code > 128, code <= 192 { signal = code - 128 }
    }
    guard signal != 0 else { return .exited(code) }
    if signal == SIGXCPU { return .cpuTime }
    // A program that ignores the first warning is killed a second later.
    let cores = Double(max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))))
    if signal == SIGKILL, seconds * cores > Double(limits.cpuSeconds) { return .cpuTime }
    return .signalled(signal)
  }

  /// Bubblewrap's own words, if it is what failed: it reports the exit code of what it ran.
  func buildFailure(_ ending: Completion.Ending) -> String? {
    guard tree.kind == .confined, case .exited = ending,
      Report.number("exit-code", in: exchange.report) == nil
    else { return nil }
    let words = String(decoding: exchange.errors.suffix(2000), as: UTF8.self)
    return words.split(separator: "\n").last.map(String.init) ?? "nothing"
  }
}

/// The lines of JSON in which bubblewrap reports; only numbers are wanted of them.
enum Report {
  static func number(_ name: String, in report: [UInt8]) -> Int32? {
    let text = String(decoding: report, as: UTF8.self)
    let parts = text.split(
      separator: "\"\(name)\":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    return Int32(parts[1].drop { $0 == " " }.prefix { $0.isNumber })
  }
}

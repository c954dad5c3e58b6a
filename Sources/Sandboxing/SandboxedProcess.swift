import Synchronization

/// A program in the sandbox that is talked to line by line, until it is stopped.
public final class SandboxedProcess: Sendable {
  /// The longest line that is taken.
  public static let longestLine = 64 << 20
  /// How much of the end of standard error is kept.
  public static let keptErrors = 64 << 10

  private let state: Mutex<Conversation>

  init(_ run: Run, limits: Limits) {
    state = Mutex(Conversation(run: run, limits: limits))
  }

  deinit { stop() }

  /// Sends the bytes and a newline, and waits until the program has room for them, at most
  /// `deadline` seconds. What the program writes meanwhile is kept, so the two cannot block.
  public func send(_ line: [UInt8], deadline: Double = 60) throws(SandboxError) {
    try state.withLock { $0.send(line, deadline: deadline) }.get()
  }

  /// The next line without its newline, or nil once the program has ended. What was not ended by
  /// a newline is the last line. A program that closes its output and lives on gives no answer:
  /// bubblewrap holds the same pipe.
  public func receiveLine(deadline: Double) throws(SandboxError) -> [UInt8]? {
    try state.withLock { $0.receiveLine(deadline: deadline) }.get()
  }

  /// The end of what the program has written to standard error so far.
  public var errors: [UInt8] { state.withLock { $0.lastErrors() } }

  /// Closes the program's input, waits for it to end by itself, at most so long, and ends what is
  /// left of it. ``Completion/Ending/wallTime`` says that it had not ended.
  @discardableResult
  public func finish(deadline: Double) -> Completion.Ending {
    state.withLock { $0.finish(deadline: deadline) }
  }

  /// Ends the program and everything it started, now.
  public func stop() { finish(deadline: 0) }
}

/// How a run ended, and what it wrote.
public struct Completion: Sendable, Equatable {
  public enum Ending: Sendable, Hashable {
    case exited(Int32)
    /// The program died of this signal. Inside bubblewrap a program that exits with 129 to 192
    /// cannot be told from one that died of signal 1 to 64, as in every shell.
    case signalled(Int32)
    /// The wall time ran out.
    case wallTime
    /// The program itself used up its processor time.
    case cpuTime
    /// More was written than the limit allows; what came before is kept.
    case outputLimit
    /// The kernel killed a process of the tree for want of memory. Without a control group the
    /// limit is one of address space, and the program sees a failed allocation instead.
    case memory
    /// The caller who watched it had enough.
    case interrupted
  }

  public var ending: Ending
  /// Standard output.
  public var output: [UInt8]
  /// Standard error.
  public var errors: [UInt8]
  /// Wall time from the launch until the last process was gone.
  public var seconds: Double

  public init(ending: Ending, output: [UInt8], errors: [UInt8], seconds: Double) {
    self.ending = ending
    self.output = output
    self.errors = errors
    self.seconds = seconds
  }

  public var succeeded: Bool { ending == .exited(0) }
}

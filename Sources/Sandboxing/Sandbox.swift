import Foundation

/// What a program of the target sees of this machine. Nothing else is there: no network, no home,
/// no other process, no environment but the command's own.
public struct Sandbox: Sendable {
  public enum Mode: Sendable {
    case bubblewrap
    /// No confinement at all, for machines that forbid it and owners who insist: the limits hold,
    /// the mounts are ignored, and a process that hides well enough can outlive its run.
    case none
  }

  public var mode: Mode
  /// What the program may read, beside the system's own folders.
  public var readOnly: [Mount]
  /// What the program may change: private copies only.
  public var writable: [Mount]
  /// Whether the machine's network is there: for the command that makes an environment, and for nothing else.
  public var hasNetwork = false
  /// The size of each of the empty folders in memory: `/tmp`, `/dev/shm` and the home.
  public var temporaryBytes: Int

  public init(
    mode: Mode = .bubblewrap, readOnly: [Mount] = [], writable: [Mount] = [],
    temporaryBytes: Int = 256 << 20
  ) {
    self.mode = mode
    self.readOnly = readOnly
    self.writable = writable
    self.temporaryBytes = temporaryBytes
  }

  /// Where `HOME` should point: an empty folder that is gone with the program.
  public static let home = "/home/sandbox"

  /// What this machine allows, found out once by a real launch.
  public static let diagnosis = diagnose()

  /// Runs a program to its end, whatever that is; when this returns, no process of it is left.
  /// Many times a second `isEnough` is asked whether to end it, for limits that nobody else keeps.
  public func run(
    _ command: Command, input: [UInt8] = [], limits: Limits = Limits(),
    isEnough: () -> Bool = { false }
  ) throws(SandboxError) -> Completion {
    var run = try launch(command, limits: limits, takesInput: !input.isEmpty)
    run.exchange.send(input)
    run.exchange.closeInputWhenSent()
    let completion = run.complete(limits: limits, isEnough: isEnough)
    if let words = run.buildFailure(completion.ending) { throw Sandbox.buildError(words) }
    return completion
  }

  /// Starts a program that answers line by line.
  public func start(
    _ command: Command, limits: Limits = Limits()
  ) throws(SandboxError) -> SandboxedProcess {
    SandboxedProcess(try launch(command, limits: limits, takesInput: true), limits: limits)
  }

  func launch(
    _ command: Command, limits: Limits, takesInput: Bool
  ) throws(SandboxError) -> Run {
    try command.check()
    let group = ControlGroup.make(limits: limits)
    do throws(SandboxError) {
      switch mode {
      case .bubblewrap:
        return try launchConfined(command, limits: limits, group: group, takesInput: takesInput)
      case .none:
        return try launchOpenly(command, limits: limits, group: group, takesInput: takesInput)
      }
    } catch {
      group?.remove()
      throw error
    }
  }

  /// The machine's own obstacle where there is one, because it comes with a remedy.
  static func buildError(_ words: String) -> SandboxError {
    diagnosis.obstacle.map { .unavailable($0) } ?? .notBuilt(words)
  }
}

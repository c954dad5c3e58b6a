/// What one run may use. Where a limit is reached, the whole process tree ends.
public struct Limits: Sendable, Hashable {
  /// Seconds of processor time of each single process.
  public var cpuSeconds: Int
  /// Seconds from the launch to the end; a conversation has a deadline for each line instead.
  public var wallSeconds: Double
  /// Bytes of memory of the whole tree, or of each process where no control group is to be had.
  public var memoryBytes: Int
  /// Processes and threads alive at one time.
  public var processes: Int
  /// Bytes of each single file written.
  public var fileBytes: Int
  /// Bytes of standard output, and as many of standard error.
  public var outputBytes: Int
  /// Open files of each single process.
  public var openFiles: Int

  public init(
    cpuSeconds: Int = 60, wallSeconds: Double = 120, memoryBytes: Int = 2 << 30,
    processes: Int = 256, fileBytes: Int = 256 << 20, outputBytes: Int = 4 << 20,
    openFiles: Int = 1024
  ) {
    self.cpuSeconds = cpuSeconds
    self.wallSeconds = wallSeconds
    self.memoryBytes = memoryBytes
    self.processes = processes
    self.fileBytes = fileBytes
    self.outputBytes = outputBytes
    self.openFiles = openFiles
  }
}

/// What a command may use, and how much it may change.
public struct CommandLimits: Sendable, Hashable {
  /// Wall time of all tries together.
  public var seconds = 600
  public var tries = 2
  /// Processor time of each single process.
  public var cpuSeconds = 600
  public var memoryBytes = 2 << 30
  public var processes = 256
  /// Bytes that the tree may grow by, and files.
  public var treeBytes = 512 << 20
  public var files = 20_000
  /// Of each single file that is written anywhere.
  public var fileBytes = 128 << 20
  public var outputBytes = 16 << 20
  /// What a proposal may hold.
  public var changedFiles = 40
  public var changedBytes = 1 << 20

  public init() {}
}

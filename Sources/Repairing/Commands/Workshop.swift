import Sandboxing

/// What a command finds around it: a tree of its own and the target's tools.
public struct Workshop: Sendable {
  /// Where the command sees the tree: the checkout's own path.
  public var root: String
  /// Whether there is a sandbox; without one no command is run.
  public var isConfined: Bool
  /// Folders that it may read, beside the system's: the target's interpreter or compiler.
  public var mounts: [Mount]
  /// Folders in which a program's name is looked for before the system's.
  public var programs: [String]
  public var environment: [String: String]
  /// Names of folders and ends of names of files that tools leave behind: no part of a change.
  public var generated: [String]
  /// Writes the tree into a new folder.
  public var export: @Sendable (_ folder: String) throws -> Void
  /// A file's bytes before any change; `nil` where there was none.
  public var original: @Sendable (_ path: String) throws -> [UInt8]?
  /// Whether what a command is to be handed may leave: no secret of the event stands in it.
  public var isClean: @Sendable (_ evidence: [UInt8]) -> Bool

  public init(
    root: String, isConfined: Bool = true, mounts: [Mount], programs: [String],
    environment: [String: String],
    generated: [String], export: @escaping @Sendable (String) throws -> Void,
    original: @escaping @Sendable (String) throws -> [UInt8]?,
    isClean: @escaping @Sendable ([UInt8]) -> Bool = { _ in true }
  ) {
    self.root = root
    self.isConfined = isConfined
    self.mounts = mounts
    self.programs = programs
    self.environment = environment
    self.generated = generated
    self.export = export
    self.original = original
    self.isClean = isClean
  }

  /// Whether a path is no part of a change: what tools leave, and a repository of the command's own.
  func isGenerated(_ path: String) -> Bool {
    path.split(separator: "/").contains { name in
      name.lowercased() == ".git"
        || generated.contains { $0.hasPrefix("*") ? name.hasSuffix($0.dropFirst()) : name == $0 }
    }
  }
}

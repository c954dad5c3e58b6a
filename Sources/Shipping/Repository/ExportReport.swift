/// What was written of a tree, and what was left out.
public struct ExportReport: Sendable, Hashable {
  public enum Reason: String, Sendable, CaseIterable {
    /// The path would leave the folder, or has a component that some file system takes for `.git`.
    case unsafePath = "unsafe path"
    case notUnicode = "path is not UTF-8"
    case submodule
    case linkLeavesTree = "link leaves the tree"
    case tooLarge = "too large"
    /// Another entry already has its place, or the file system refuses its name.
    case unwritable
  }

  public struct Omission: Sendable, Hashable {
    public var path: String
    public var reason: Reason
  }

  public var files = 0
  public var links = 0
  public var bytes = 0
  public var omitted: [Omission] = []

  mutating func leaveOut(_ entry: TreeEntry, _ reason: Reason) {
    omitted.append(Omission(path: entry.path, reason: reason))
  }
}

/// How much of a tree is written: a tree of a few kilobytes can unfold to any size.
public struct ExportLimits: Sendable {
  public var entries = 500_000
  public var bytesPerFile = 256 << 20
  public var bytes = 8 << 30

  public init() {}
}

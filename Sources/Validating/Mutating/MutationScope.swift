/// The files of a tree whose mutants are wanted, and which of their lines.
public struct MutationScope: Sendable, Hashable {
  public struct Part: Sendable, Hashable {
    public var path: String
    /// Counted from 1; `nil` for the whole file.
    public var lines: [ClosedRange<Int>]?

    public init(path: String, lines: [ClosedRange<Int>]? = nil) {
      self.path = path
      self.lines = lines
    }
  }

  public var parts: [Part]

  public init(_ parts: [Part]) { self.parts = parts }

  /// The lines of a file that a change added or rewrote; `nil` where it only took lines away.
  public static func changed(_ path: String, from old: String, to new: String) -> Part? {
    let lines = LineDifference(from: old, to: new).hunks.compactMap { hunk in
      hunk.after.isEmpty ? nil : (hunk.after.lowerBound + 1)...hunk.after.upperBound
    }
    return lines.isEmpty ? nil : Part(path: path, lines: lines)
  }
}

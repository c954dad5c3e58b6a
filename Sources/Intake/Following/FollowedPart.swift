/// What one look at a followed log brought.
public struct FollowedPart: Sendable {
  /// A line without its end.
  public struct Line: Sendable, Equatable {
    public var bytes: [UInt8]
    /// The file and the offset of its first byte: the same again when the line is read again.
    public var place: String
  }

  /// What a reader of the lines has to know; each is counted, none is an error.
  public enum Notice: Sendable, Equatable {
    /// The file is shorter, or begins otherwise, than it was: it is read from its start, and what was written to it between the
    /// last look and then cannot be had. Of a line that was half written, so many bytes are gone.
    case truncated(halfLine: Int)
    /// The file of the saved position is gone: what was written to it since cannot be had.
    case placeLost
    /// A line above the limit was stepped over.
    case oversized(bytes: Int)
    /// The file is there and may not be read, or is none.
    case unreadable
  }

  public internal(set) var lines: [Line] = []
  public internal(set) var notices: [Notice] = []
  /// Where to go on once these lines are kept; `nil` while nothing was ever there.
  public internal(set) var position: FilePosition?
  /// Whether more can be read at once; else some tenth of a second should pass.
  public internal(set) var hasMore = false
}

/// Puts lines together from the pieces of a growing file.
struct LineAssembly {
  enum Piece: Equatable {
    case line([UInt8])
    /// A line above the limit, of which nothing is kept.
    case oversized(Int)
    /// The end of a line that began before the first byte.
    case remainder(Int)
  }

  private static let newline = UInt8(ascii: "\n")

  let limit: Int
  /// The beginning of a line whose end has not been written yet.
  private var begun: [UInt8] = []
  /// The length of what is stepped over, where the line is too long, or was not begun here.
  private var stepped = 0
  private var isSteppingOver = false
  private var isForeign = false

  init(limit: Int) { self.limit = limit }

  /// How many bytes of an unfinished line have been taken.
  var pending: Int { begun.count + stepped }

  /// Gives up what is unfinished: its rest will not come.
  mutating func reset() { self = LineAssembly(limit: limit) }

  /// What is taken next begins within a line.
  mutating func beginWithinLine() {
    isSteppingOver = true
    isForeign = true
  }

  mutating func take(_ bytes: ArraySlice<UInt8>) -> [Piece] {
    var pieces: [Piece] = []
    var rest = bytes
    while let end = rest.firstIndex(of: Self.newline) {
      append(rest[..<end])
      pieces.append(finish(with: 1))
      rest = rest[(end + 1)...]
    }
    append(rest)
    return pieces
  }

  /// What stands at the end of a file that nobody writes to any more.
  mutating func last() -> Piece? { pending == 0 ? nil : finish(with: 0) }

  private mutating func append(_ bytes: ArraySlice<UInt8>) {
    if isSteppingOver {
      stepped += bytes.count
    } else if begun.count + bytes.count > limit {
      stepped = begun.count + bytes.count
      begun = []
      isSteppingOver = true
    } else {
      begun += bytes
    }
  }

  private mutating func finish(with end: Int) -> Piece {
    defer { reset() }
    guard isSteppingOver else { return .line(begun) }
    return isForeign ? .remainder(stepped + end) : .oversized(stepped + end)
  }
}

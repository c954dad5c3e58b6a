/// Decides how a log is followed that others write, rotate, truncate, remove and make anew.
///
/// Files are read in the order in which they were written: one that was renamed is read to its end, and for ``grace`` looks
/// more, because its writer may not have noticed yet. Nothing here touches a file.
struct FileTrail {
  struct Followed: Equatable {
    var identity: FileIdentity
    /// The bytes that have been read.
    var offset: Int
    /// The size that it had at the last look.
    var size = 0
    /// Looks at which nothing more was there.
    var quiet = 0
  }

  /// What a look shows.
  struct Sight {
    struct State {
      var size: Int
      /// Whether the first bytes are what they were.
      var isSame: Bool
    }

    /// Of each followed file, in their order.
    var states: [State]
    /// What the path names now.
    var named: FileIdentity?
    /// What was rotated away since the last followed file was written to, oldest first.
    var between: [FileIdentity] = []
  }

  enum Move: Equatable {
    /// Read this file from its start: the one at the position was truncated.
    case startOver(Int)
    /// Follow this file, too, after all others.
    case open(FileIdentity)
    /// Read so many bytes of the first file.
    case read(Int)
    /// The first file is done.
    case close
  }

  /// A file and where to begin in it.
  struct Opening: Equatable {
    var identity: FileIdentity
    var offset: Int
  }

  struct Candidate {
    var identity: FileIdentity
    var size: Int
    /// Whether its first bytes are those of the saved position.
    var isSame: Bool
  }

  static let grace = 3
  /// The most that is read at a look.
  static let portion = 1 << 18
  /// Files that are followed at once: beyond it something rotates faster than it is read.
  static let longest = 32

  private(set) var files: [Followed] = []

  mutating func opened(_ opening: Opening, size: Int) {
    files.append(Followed(identity: opening.identity, offset: opening.offset, size: size))
  }

  mutating func read(_ count: Int) {
    guard !files.isEmpty else { return }
    files[0].offset += count
    files[0].quiet = 0
  }

  mutating func moves(_ sight: Sight) -> [Move] {
    var moves: [Move] = []
    for (index, state) in zip(files.indices, sight.states) {
      if !state.isSame || state.size < max(files[index].offset, files[index].size) {
        files[index].offset = 0
        moves.append(.startOver(index))
      }
      files[index].size = state.size
    }
    let isKnown = files.contains { $0.identity == sight.named }
    if let named = sight.named, !isKnown, files.count < Self.longest {
      moves += (sight.between + [named]).filter { identity in
        !files.contains { $0.identity == identity }
      }.map(Move.open)
    }
    guard let first = files.first, let state = sight.states.first else { return moves }
    if state.size > first.offset {
      moves.append(.read(min(state.size - first.offset, Self.portion)))
    } else if files.count > 1 {
      files[0].quiet += 1
      if first.quiet + 1 >= Self.grace {
        files.removeFirst()
        moves.append(.close)
      }
    }
    return moves
  }

  /// Where to go on from a saved position, among the files that the path names and that were rotated away from it, in the order
  /// of their last change; `nil` while none is there.
  static func resumption(
    from saved: FilePosition, named: Candidate?, rotated: [Candidate]
  ) -> (openings: [Opening], notice: FollowedPart.Notice?)? {
    let candidates = rotated + (named.map { [$0] } ?? [])
    guard let place = candidates.firstIndex(where: { $0.identity == saved.identity }) else {
      return named.map { ([Opening(identity: $0.identity, offset: 0)], .placeLost) }
    }
    let found = candidates[place]
    let isWhole = found.isSame && found.size >= saved.offset
    let first = Opening(identity: found.identity, offset: isWhole ? saved.offset : 0)
    let further = candidates[(place + 1)...].map { Opening(identity: $0.identity, offset: 0) }
    return ([first] + further, isWhole ? nil : .truncated(halfLine: 0))
  }
}

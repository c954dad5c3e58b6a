/// Gives out the lines of a log as it grows, through rotation by renaming, truncation, removal and restarts.
///
/// No line is given out twice, and none is lost but those that nobody can have: what was written to a file between the last look
/// and its truncation, or to one that was removed or compressed while nobody looked. That is noticed where the file is shorter
/// then, or begins otherwise. Nothing shows it of a file that was empty at the last look, nor of one that has grown again past
/// its size with the same first kilobyte.
public struct FileFollower: ~Copyable, Sendable {
  public enum Start: Sendable {
    case beginning
    /// Only what is written from now on.
    case end
    case position(FilePosition)
  }

  private struct Reading {
    var file: OpenFile
    /// The first bytes, as they were at the last look.
    var head: [UInt8] = []
    var lines: LineAssembly

    /// Whether the first bytes are still the same; more of them are taken where the file has grown.
    mutating func isSame() -> Bool {
      let now = file.bytes(from: 0, count: FilePosition.headSize)
      defer { head = now }
      return now.starts(with: head)
    }
  }

  private let path: String
  private let lineLimit: Int
  private var start: Start
  private var trail = FileTrail()
  private var readings: [Reading] = []
  /// Files that were read to their end; the oldest are forgotten.
  private var done: [FileIdentity] = []

  public init(path: String, from start: Start = .beginning, lineLimit: Int = 1 << 20) {
    self.path = path
    self.start = start
    self.lineLimit = lineLimit
  }

  /// Reads what is there, at most a quarter of a mebibyte.
  public mutating func look() -> FollowedPart {
    var part = FollowedPart()
    if readings.isEmpty { begin(&part) }
    let sight = sight()
    for move in trail.moves(sight) {
      switch move {
      case .startOver(let index): startOver(index, &part)
      case .open(let identity): follow(identity)
      case .read(let count): read(count, &part)
      case .close: close(&part)
      }
    }
    part.position = position
    if let first = readings.first, let offset = trail.files.first?.offset {
      part.hasMore = first.file.size > offset
    }
    return part
  }

  private var position: FilePosition? {
    guard let first = readings.first, let followed = trail.files.first else {
      if case .position(let saved) = start { return saved }
      return nil
    }
    let offset = followed.offset - first.lines.pending
    return FilePosition(
      identity: followed.identity, offset: offset, head: first.head.prefix(offset))
  }

  // MARK: looking

  private mutating func sight() -> FileTrail.Sight {
    let states = readings.indices.map { index in
      let isSame = readings[index].isSame()
      return FileTrail.Sight.State(size: readings[index].file.size, isSame: isSame)
    }
    let named = FileIdentity(path: path)
    var sight = FileTrail.Sight(states: states, named: named)
    let isKnown = trail.files.contains { $0.identity == named }
    guard let named, !isKnown, let newest = readings.last?.file else { return sight }
    let changed = newest.changed
    sight.between = RotatedFiles(path: path).files()
      .filter { $0.changed > changed && $0.identity != named && !done.contains($0.identity) }
      .map(\.identity)
    return sight
  }

  /// Opens what the start says; nothing where nothing is there yet.
  private mutating func begin(_ part: inout FollowedPart) {
    let named = OpenFile(path: path)
    if named == nil, FileIdentity(path: path) != nil { part.notices.append(.unreadable) }
    switch start {
    case .beginning:
      if let named { follow(named, from: 0) }
    case .end:
      if let named { follow(named, from: named.size) }
      // A file that comes later is new from its first byte on.
      start = .beginning
    case .position(let saved):
      resume(saved, named, &part)
    }
  }

  private mutating func resume(
    _ saved: FilePosition, _ named: OpenFile?, _ part: inout FollowedPart
  ) {
    func candidate(_ file: OpenFile) -> FileTrail.Candidate {
      let head = file.bytes(from: 0, count: min(saved.offset, FilePosition.headSize))
      return FileTrail.Candidate(
        identity: file.identity, size: file.size, isSame: FilePosition.digest(head) == saved.head)
    }
    let rotated = RotatedFiles(path: path).files().filter { $0.identity != named?.identity }
    guard
      let resumption = FileTrail.resumption(
        from: saved, named: named.map(candidate), rotated: rotated.map(candidate))
    else { return }
    if let notice = resumption.notice { part.notices.append(notice) }
    let files = rotated + (named.map { [$0] } ?? [])
    for opening in resumption.openings {
      guard let file = files.first(where: { $0.identity == opening.identity }) else { continue }
      follow(file, from: opening.offset)
    }
    start = .beginning
  }

  // MARK: moving

  private mutating func follow(_ identity: FileIdentity) {
    let named = OpenFile(path: path).map { [$0] } ?? []
    // It may have gone on to another name, or another file may have its name: the next look tells.
    let found = (named + RotatedFiles(path: path).files()).first { $0.identity == identity }
    if let found { follow(found, from: 0) }
  }

  private mutating func follow(_ file: OpenFile, from offset: Int) {
    var lines = LineAssembly(limit: lineLimit)
    if offset > 0, file.bytes(from: offset - 1, count: 1) != [0x0A] { lines.beginWithinLine() }
    let head = file.bytes(from: 0, count: FilePosition.headSize)
    readings.append(Reading(file: file, head: head, lines: lines))
    let opening = FileTrail.Opening(identity: file.identity, offset: offset)
    trail.opened(opening, size: max(head.count, file.size))
  }

  private mutating func startOver(_ index: Int, _ part: inout FollowedPart) {
    part.notices.append(.truncated(halfLine: readings[index].lines.pending))
    readings[index].lines.reset()
  }

  private mutating func read(_ count: Int, _ part: inout FollowedPart) {
    let offset = trail.files[0].offset
    let bytes = readings[0].file.bytes(from: offset, count: count)
    var start = offset - readings[0].lines.pending
    let pieces = readings[0].lines.take(bytes[...])
    trail.read(bytes.count)
    for piece in pieces { add(piece, at: &start, &part) }
  }

  /// A last line without an end is one all the same: nobody will write its rest.
  private mutating func close(_ part: inout FollowedPart) {
    var reading = readings.removeFirst()
    var start = reading.file.size - reading.lines.pending
    if let piece = reading.lines.last() {
      add(piece, at: &start, &part, identity: reading.file.identity)
    }
    done = (done + [reading.file.identity]).suffix(FileTrail.longest)
  }

  private func add(
    _ piece: LineAssembly.Piece, at start: inout Int, _ part: inout FollowedPart,
    identity: FileIdentity? = nil
  ) {
    switch piece {
    case .line(let bytes):
      let file = identity ?? readings[0].file.identity
      part.lines.append(
        FollowedPart.Line(bytes: bytes, place: "\(file.device):\(file.inode):\(start)"))
      start += bytes.count + 1
    case .oversized(let count):
      part.notices.append(.oversized(bytes: count))
      start += count
    case .remainder(let count):
      start += count
    }
  }
}

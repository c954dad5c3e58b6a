import Intake
import Interchange

/// A follower of a log that keeps what it was given, and can be stopped and started again.
struct FollowedLog: ~Copyable {
  let path: String
  private var follower: FileFollower?
  private(set) var lines: [String] = []
  private(set) var places: [String] = []
  private(set) var notices: [FollowedPart.Notice] = []
  private(set) var position: FilePosition?

  init(_ path: String, from start: FileFollower.Start = .beginning, lineLimit: Int = 1 << 20) {
    self.path = path
    follower = FileFollower(path: path, from: start, lineLimit: lineLimit)
  }

  /// Reads until nothing more is there at once.
  mutating func look() {
    guard var follower = follower.take() else { return }
    var part: FollowedPart
    repeat {
      part = follower.look()
      lines += part.lines.map { String(decoding: $0.bytes, as: UTF8.self) }
      places += part.lines.map(\.place)
      notices += part.notices
      position = part.position ?? position
    } while part.hasMore
    self.follower = consume follower
  }

  /// Looks until every file that was rotated away has been given up.
  mutating func finish() { for _ in 0..<40 { look() } }

  mutating func stop() { follower = nil }

  /// Goes on from what was kept, which was written down and read back.
  mutating func restart() {
    let kept = position.flatMap { try? JSON(parsing: $0.json.bytes()) }.flatMap(FilePosition.init)
    follower = FileFollower(path: path, from: kept.map { .position($0) } ?? .beginning)
  }
}

/// Decides what is done about a disk that has no room; whoever acts tells it what came of that.
///
/// Laws: senders are let in only while the ballast is there or was never to be had; the ballast is given back once, and taken again
/// before anybody is let in; what was closed for want of room opens by itself.
struct DiskWatch: Equatable {
  enum Action: Equatable { case releaseBallast, expire, makeBallast, open }

  /// Bytes of the ballast.
  let ballast: Int
  private(set) var isClosed = false

  /// Bytes that have to be there besides the ballast: what a few groups of events may need.
  static let reserve = 4 << 20
  /// Less than this is none: a write that failed then has failed for want of room, whatever it said.
  static let nothing = 1 << 20

  init(ballast: Int) { self.ballast = ballast }

  /// A write failed for want of room.
  mutating func wasRefused() -> [Action] {
    guard !isClosed else { return [] }
    isClosed = true
    return [.releaseBallast, .expire]
  }

  /// `room` is what the disk has besides the ballast.
  func look(room: Int, hasBallast: Bool) -> [Action] {
    if isClosed {
      let needed = Self.reserve + (hasBallast ? 0 : ballast)
      guard room >= needed else { return [] }
      return hasBallast ? [.open] : [.makeBallast, .open]
    }
    return !hasBallast && room >= ballast + Self.reserve ? [.makeBallast] : []
  }

  mutating func opened() { isClosed = false }
}

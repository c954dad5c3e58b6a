/// What one token may ask of a forge: GitHub's secondary limits, and the pause that an answer asked for.
///
/// Times are durations since any fixed moment, by a clock that never goes back.
public struct WriteBudget: Sendable {
  /// GitHub counts a read as one point and a write as five.
  public static let pointsAMinute = 900
  public static let creationsAMinute = 80
  public static let creationsAnHour = 500

  private var points: [(at: Duration, cost: Int)] = []
  private var creations: [Duration] = []
  private var pausedUntil: Duration?

  public init() {}

  /// Books a request, or says how long it has to wait; what has to wait is not booked.
  public mutating func take(_ request: ForgeRequest, at now: Duration) -> Duration? {
    points.removeAll { $0.at <= now - .seconds(60) }
    creations.removeAll { $0 <= now - .seconds(3600) }
    if let wait = wait(for: request, at: now) { return wait }
    points.append((now, request.writes ? 5 : 1))
    if request.creates { creations.append(now) }
    return nil
  }

  /// Nothing goes out for a while: a forge bars those who go on asking.
  public mutating func pause(_ wait: Duration, from now: Duration) {
    pausedUntil = max(pausedUntil ?? now, now + wait)
  }

  private func wait(for request: ForgeRequest, at now: Duration) -> Duration? {
    var free = pausedUntil ?? now
    let cost = request.writes ? 5 : 1
    var spent = points.reduce(0) { $0 + $1.cost }
    for point in points where spent + cost > Self.pointsAMinute {
      spent -= point.cost
      free = max(free, point.at + .seconds(60))
    }
    if request.creates {
      let lastMinute = creations.filter { $0 > now - .seconds(60) }
      if lastMinute.count >= Self.creationsAMinute {
        free = max(free, lastMinute[lastMinute.count - Self.creationsAMinute] + .seconds(60))
      }
      if creations.count >= Self.creationsAnHour {
        free = max(free, creations[creations.count - Self.creationsAnHour] + .seconds(3600))
      }
    }
    return free > now ? free - now : nil
  }
}

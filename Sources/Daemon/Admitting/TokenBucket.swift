/// So many in a minute, and no more at once than that.
struct TokenBucket: Sendable {
  let perMinute: Int
  private var tokens: Double
  private var filledAt: Double

  /// `now` is in seconds, of any clock that does not go back.
  init(perMinute: Int, now: Double) {
    self.perMinute = perMinute
    tokens = Double(perMinute)
    filledAt = now
  }

  /// Takes one; where there is none, the whole seconds until there will be.
  mutating func take(now: Double) -> Int? {
    let passed = max(0, now - filledAt)
    tokens = min(Double(perMinute), tokens + passed * Double(perMinute) / 60)
    filledAt = max(now, filledAt)
    guard tokens >= 1 else {
      return max(1, Int(((1 - tokens) * 60 / Double(max(1, perMinute))).rounded(.up)))
    }
    tokens -= 1
    return nil
  }
}

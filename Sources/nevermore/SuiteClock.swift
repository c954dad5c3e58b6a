import Foundation
import Languages
import Synchronization
import Validating

/// How long one whole run of the suite takes without any change: what a team pays without us, and what our time is compared with.
final class SuiteClock: Sendable {
  private let longest = Mutex(0.0)

  /// Seconds of the longest whole run; 0 where there was none.
  var seconds: Double { longest.withLock { $0 } }

  /// The side, timed.
  func timing(_ side: Side) -> Side {
    var timed = side
    let run = side.instruments.runSuite
    timed.instruments.runSuite = { request in
      let began = Date()
      let report = try run(request)
      if request.tests == nil {
        let seconds = Date().timeIntervalSince(began)
        self.longest.withLock { $0 = max($0, seconds) }
      }
      return report
    }
    return timed
  }
}

import Foundation
import Synchronization

/// The standard input of a worker, line by line; where it ends, so does the process, whatever it is at.
///
/// Laws: a daemon that is killed leaves no worker behind; no lease is worked on by nobody's order.
final class WorkInput: Sendable {
  private let lines = Mutex<[String]>([])
  private let arrived = DispatchSemaphore(value: 0)

  /// Begins to read.
  init() {
    Thread.detachNewThread { [self] in
      while let line = readLine() {
        lines.withLock { $0.append(line) }
        arrived.signal()
      }
      _exit(ExitStatus.ourFault.rawValue)
    }
  }

  /// Waits for the next line.
  func next() -> String {
    arrived.wait()
    return lines.withLock { $0.removeFirst() }
  }
}

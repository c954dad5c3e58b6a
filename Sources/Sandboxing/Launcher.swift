import Foundation
import Glibc

/// Starts every program from one thread that never ends.
///
/// A program that asks to die with its parent dies with the parent's *thread*; the threads of a
/// pool end when they have been idle for a while, and would take running sandboxes with them.
final class Launcher: Sendable {
  static let shared = Launcher()

  // Jobs are queued under the condition's lock only.
  private final class Queue: @unchecked Sendable {
    let condition = NSCondition()
    var jobs: [@Sendable () -> Void] = []

    func add(_ job: @escaping @Sendable () -> Void) {
      condition.withLock {
        jobs.append(job)
        condition.signal()
      }
    }

    func next() -> @Sendable () -> Void {
      condition.withLock {
        while jobs.isEmpty { condition.wait() }
        return jobs.removeFirst()
      }
    }
  }

  private let queue = Queue()

  private init() {
    let queue = queue
    Thread.detachNewThread {
      while true { queue.next()() }
    }
  }

  /// The process identifier, or the error's number.
  func start(_ launch: Launch) -> Result<pid_t, LaunchFailure> {
    let answer = Answer()
    queue.add { answer.give(launch.perform()) }
    return answer.wait()
  }

  // Written once before the semaphore is signalled, read once after it.
  private final class Answer: @unchecked Sendable {
    private let ready = DispatchSemaphore(value: 0)
    private var result: Result<pid_t, LaunchFailure> = .failure(LaunchFailure(number: EAGAIN))

    func give(_ result: Result<pid_t, LaunchFailure>) {
      self.result = result
      ready.signal()
    }

    func wait() -> Result<pid_t, LaunchFailure> {
      ready.wait()
      return result
    }
  }
}

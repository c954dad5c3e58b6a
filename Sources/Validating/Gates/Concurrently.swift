import Dispatch
import Synchronization

/// A measurement beside the one of the caller's thread, on a tree of its own.
final class Concurrently<Value: Sendable>: Sendable {
  private let found = Mutex<Result<Value, any Error>?>(nil)
  private let group = DispatchGroup()

  init(_ work: @escaping @Sendable () throws -> Value) {
    DispatchQueue.global().async(group: group) { [found = self] in
      let result = Result { try work() }
      found.found.withLock { $0 = result }
    }
  }

  /// What it gave, once it has ended.
  func value() throws -> Value {
    group.wait()
    return try found.withLock { $0 }!.get()
  }
}

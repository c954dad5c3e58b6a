import Dispatch
import Synchronization

/// Two measurements at a time, on trees of their own.
enum Concurrently {
  /// What both give. Neither runs on when this returns, however the other ended: its tree may be gone then.
  static func both<First: Sendable, Second>(
    _ beside: @escaping @Sendable () throws -> First, _ here: () throws -> Second
  ) throws -> (First, Second) {
    let found = Found<First>()
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      let result = Result { try beside() }
      found.result.withLock { $0 = result }
    }
    let second = Result { try here() }
    group.wait()
    guard let first = found.result.withLock({ $0 }) else { preconditionFailure("it has ended") }
    return (try first.get(), try second.get())
  }

  private final class Found<Value: Sendable>: Sendable {
    let result = Mutex<Result<Value, any Error>?>(nil)
  }
}

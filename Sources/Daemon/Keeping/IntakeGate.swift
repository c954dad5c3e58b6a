import Logging
import Storage
import Synchronization

/// Whether anything can be stored at the moment; the shell around ``DiskWatch``.
final class IntakeGate: Sendable {
  private struct State {
    var watch: DiskWatch
    /// The class of what is wrong with the database, which only a person can mend.
    var fault: String?
  }

  private let folder: String
  private let ballast: Ballast
  private let logger: Logger
  private let state: Mutex<State>
  /// Whether deletions are wanted soon.
  private let isAsked = Mutex(false)

  init(folder: String, logger: Logger, ballast: Ballast? = nil) {
    let ballast = ballast ?? Ballast(in: folder)
    self.folder = folder
    self.ballast = ballast
    self.logger = logger
    state = Mutex(State(watch: DiskWatch(ballast: ballast.bytes)))
  }

  /// The class of the reason why nothing is stored; `nil` where senders may come.
  var reason: String? {
    state.withLock { $0.fault ?? ($0.watch.isClosed ? "full" : nil) }
  }

  /// A write failed; what can be done about it is.
  func wasRefused(_ error: StorageError) {
    switch error {
    case .full: close()
    case .damaged:
      logger.critical("the database is damaged")
      state.withLock { $0.fault = error.reason }
    default:
      if Ballast.room(in: folder) < DiskWatch.nothing { close() }
    }
  }

  private func close() {
    let actions = state.withLock { $0.watch.wasRefused() }
    if !actions.isEmpty { logger.error("the disk is full: nothing is taken until it has room") }
    for action in actions { act(action) }
  }

  /// Looks at the disk's room; to be called again and again.
  func look() {
    let room = Ballast.room(in: folder)
    for action in state.withLock({ $0.watch.look(room: room, hasBallast: ballast.isThere) }) {
      guard act(action) else { return }
    }
  }

  /// Whether a deletion was asked for since the last time.
  func takeWish() -> Bool {
    isAsked.withLock { wish in
      defer { wish = false }
      return wish
    }
  }

  @discardableResult
  private func act(_ action: DiskWatch.Action) -> Bool {
    switch action {
    case .releaseBallast: ballast.release()
    case .expire: isAsked.withLock { $0 = true }
    case .makeBallast: return ballast.make()
    case .open:
      state.withLock { $0.watch.opened() }
      logger.notice("the disk has room again")
    }
    return true
  }
}

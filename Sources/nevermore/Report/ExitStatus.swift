/// What a command's exit code says; documented in `docs/reference/exit-codes.md`.
enum ExitStatus: Int32, CaseIterable {
  case fixed = 0
  /// `mutate` alone says the next three.
  case survivors = 2
  case timeouts = 3
  case failingBaseline = 4
  case tested = 10
  case stopped = 11
  case refused = 12
  case usage = 64
  case ourFault = 70
}

/// Why a command ends without a report: what happened, why, and a hint.
struct CommandFailure: Error {
  var code: ExitStatus
  var message: String

  init(_ code: ExitStatus, _ message: String) {
    self.code = code
    self.message = message
  }
}

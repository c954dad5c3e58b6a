import Crypto
import Failures
import Foundation
import Interchange

extension FailureEvent {
  /// What this event has in common with every other of the same failure; the frames' origins must be set.
  public var signature: FailureSignature { signature(saying: exception?.message ?? message ?? "") }

  /// The same without what was put in secrets' places: another project's key has no part in it.
  public func signature(without ledger: ScrubLedger) -> FailureSignature {
    signature(saying: ledger.masked(exception?.message ?? message ?? ""))
  }

  private func signature(saying text: String) -> FailureSignature {
    let innermost = exception?.frames.last { $0.repositoryPath != nil }
    let place = innermost.flatMap { frame in
      frame.repositoryPath.map { "\($0):\(frame.function)" }
    }
    return FailureSignature(
      exception: exception?.type ?? "message", message: text,
      innermost: place)
  }
}

extension FailureSignature {
  /// Twelve hexadecimal digits that name the failure in branches, files and pages.
  public var failureIdentifier: String {
    let identity: JSON = [
      .integer(scheme), .string(exception), .string(messageShape), .optional(innermost),
    ]
    return String(SHA256.hash(data: identity.bytes()).hexadecimal.prefix(12))
  }
}

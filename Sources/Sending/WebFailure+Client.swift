import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix

extension WebFailure {
  /// What the client's error says about delivery: only what surely came before the first byte counts as not delivered.
  init(_ error: any Error, limit: Int) {
    self =
      switch error {
      case let failure as WebFailure: failure
      case is CancellationError: .cancelled
      case is NIOTooManyBytesError: .answerTooLong(limit: limit)
      case is NIOConnectionError: .notDelivered
      case let error as IOError where Self.beforeConnecting.contains(error.errnoCode): .notDelivered
      case let error as HTTPClientError: Self.meaning(of: error)
      default: .unanswered
      }
  }

  private static let beforeConnecting = [ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL]

  private static func meaning(of error: HTTPClientError) -> WebFailure {
    switch error {
    case .invalidURL, .emptyHost, .emptyScheme, .missingSocketPath: .unacceptableAddress
    case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout, .alreadyShutdown,
      .socksHandshakeTimeout, .httpProxyHandshakeTimeout:
      .notDelivered
    case .cancelled, .requestStreamCancelled: .cancelled
    default: .unanswered
    }
  }
}

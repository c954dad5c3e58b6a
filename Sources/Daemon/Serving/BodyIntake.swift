import Hummingbird
import NIOCore

/// Takes bodies in, up to a limit; of the large ones few at a time, so that memory is bounded whoever sends.
struct BodyIntake: Sendable {
  /// Bytes that a body may have before it is inflated.
  static let limit = 8 << 20
  private static let large = 1 << 20

  private let largeBodies = Turnstile(places: 2)

  /// The body, or what its sender is told.
  func body(of request: Request) async -> Result<[UInt8], Refused> {
    let declared = request.headers[.contentLength].flatMap { Int($0) }
    if let declared, declared > Self.limit { return .failure(.oversized) }
    let isLarge = (declared ?? .max) > Self.large
    if isLarge { await largeBodies.enter() }
    defer { if isLarge { largeBodies.leave() } }
    var body: [UInt8] = []
    body.reserveCapacity(declared ?? 1 << 14)
    do {
      for try await piece in request.body {
        guard body.count + piece.readableBytes <= Self.limit else { return .failure(.oversized) }
        body.append(contentsOf: piece.readableBytesView)
      }
    } catch {
      return .failure(.broken)
    }
    return .success(body)
  }

  /// Why there is no body.
  enum Refused: Error {
    case oversized
    /// It did not come to its end.
    case broken
  }
}

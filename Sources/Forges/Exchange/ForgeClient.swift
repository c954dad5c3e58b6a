/// Runs exchanges over a transport that owns the token. One client a token: they share its budget.
///
/// It never sleeps: what has to wait is handed back as a failure that says how long.
public actor ForgeClient {
  public typealias Transport = @Sendable (ForgeRequest) async throws -> ForgeResponse

  private let transport: Transport
  private let now: @Sendable () -> Duration
  private var budget = WriteBudget()

  /// More questions than this in one exchange, and a forge is leading us on.
  static let stepLimit = 100

  /// `now` is the time since any fixed moment, by a clock that never goes back.
  public init(
    transport: @escaping Transport, now: @escaping @Sendable () -> Duration = ForgeClient.uptime()
  ) {
    self.transport = transport
    self.now = now
  }

  /// The time since this was called.
  public static func uptime() -> @Sendable () -> Duration {
    let start = ContinuousClock.now
    return { start.duration(to: .now) }
  }

  /// Runs an exchange to its end; begins it anew once where that is worth it at once.
  public func run<Product: Sendable>(_ exchange: ForgeExchange<Product>) async
    -> Result<Product, ForgeFailure>
  {
    let first = await runOnce(exchange)
    guard case .failure(let failure) = first, failure.retry(attempt: 0) == .atOnce else {
      return first
    }
    return await runOnce(exchange)
  }

  private func runOnce<Product: Sendable>(_ exchange: ForgeExchange<Product>) async
    -> Result<Product, ForgeFailure>
  {
    var exchange = exchange
    for _ in 0..<Self.stepLimit {
      switch exchange {
      case .done(let product): return .success(product)
      case .failed(let failure): return .failure(pausing(failure))
      case .ask(let request, let rest):
        if let wait = budget.take(request, at: now()) { return .failure(.limited(wait: wait)) }
        switch await answer(request) {
        case .success(let response): exchange = rest(response)
        case .failure(let failure): return .failure(failure)
        }
      }
    }
    return .failure(.unreadable)
  }

  private func answer(_ request: ForgeRequest) async -> Result<ForgeResponse, ForgeFailure> {
    do {
      return .success(try await transport(request))
    } catch ForgeTransportFailure.notDelivered {
      return .failure(.unavailable(uncertain: false))
    } catch {
      return .failure(.unavailable(uncertain: request.writes))
    }
  }

  /// A limit that one exchange meets holds for all of the token's.
  private func pausing(_ failure: ForgeFailure) -> ForgeFailure {
    if case .limited(let wait) = failure { budget.pause(wait ?? .seconds(60), from: now()) }
    return failure
  }
}

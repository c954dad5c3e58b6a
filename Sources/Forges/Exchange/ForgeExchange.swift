import Interchange

/// An operation on a forge, at rest: what to ask next, or how it ended. It decides; whoever holds it acts.
///
/// An exchange that was broken off is begun again from its start: each looks first at what is already there.
public indirect enum ForgeExchange<Product: Sendable>: Sendable {
  case ask(ForgeRequest, then: @Sendable (ForgeResponse) -> ForgeExchange)
  case done(Product)
  case failed(ForgeFailure)
}

extension ForgeExchange {
  /// Goes on with the product, unless it failed.
  func then<Next: Sendable>(_ next: @escaping @Sendable (Product) -> ForgeExchange<Next>)
    -> ForgeExchange<Next>
  {
    switch self {
    case .ask(let request, let rest): .ask(request) { rest($0).then(next) }
    case .done(let product): next(product)
    case .failed(let failure): .failed(failure)
    }
  }

  func map<Next: Sendable>(_ change: @escaping @Sendable (Product) -> Next) -> ForgeExchange<Next> {
    then { .done(change($0)) }
  }

  /// One question; `read` sees only answers of success, and gives `nil` for what it cannot understand.
  ///
  /// `otherwise` may take an answer of failure for something else than a failure.
  static func asking(
    _ request: ForgeRequest,
    otherwise: @escaping @Sendable (ForgeResponse) -> ForgeExchange? = { _ in nil },
    read: @escaping @Sendable (JSON) -> Product?
  ) -> ForgeExchange {
    .ask(request) { response in
      guard (200...299).contains(response.status) else {
        return otherwise(response) ?? .failed(ForgeFailure(response, to: request))
      }
      guard let json = response.json, let product = read(json) else { return .failed(.unreadable) }
      return .done(product)
    }
  }

  /// Page by page from the first, until `find` has what it looks for, the last page, or too many of them.
  static func searching<Found: Sendable>(
    pagesOf size: Int, atMost limit: Int = 20, from page: Int = 1,
    _ request: @escaping @Sendable (Int) -> ForgeRequest,
    find: @escaping @Sendable ([JSON]) -> Found?
  ) -> ForgeExchange where Product == Found? {
    let asked = request(page)
    return .ask(asked) { response in
      guard (200...299).contains(response.status) else {
        return .failed(ForgeFailure(response, to: asked))
      }
      guard let items = response.json?.items else { return .failed(.unreadable) }
      if let found = find(items) { return .done(found) }
      // A forge may give smaller pages than it was asked for; then it says that there is another.
      let isLast = response.headers["link"].map { !$0.contains("rel=\"next\"") }
      if isLast ?? (items.count < size) { return .done(nil) }
      guard page < limit else { return .failed(.tooMuch(pages: limit)) }
      return searching(pagesOf: size, atMost: limit, from: page + 1, request, find: find)
    }
  }
}

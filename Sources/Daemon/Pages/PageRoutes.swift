import Failures
import HTTPTypes
import Hummingbird
import Logging
import Storage

/// The pages for people: read with a session, changed by forms of that session.
struct PageRoutes: Sendable {
  let store: Store
  let doorkeeper: Doorkeeper
  /// `HOST:PORT`, where a browser does not say how it came here.
  let listening: String
  let logger: Logger
  /// Says where the frames of an event lie in the project's tree of the day.
  let place: @Sendable (FailureEvent, Project) -> FailureEvent

  init(
    store: Store, listening: String, logger: Logger,
    place: @escaping @Sendable (FailureEvent, Project) -> FailureEvent
  ) {
    self.store = store
    self.place = place
    doorkeeper = Doorkeeper(store)
    self.listening = listening
    self.logger = logger
  }

  func add(to router: Router<BasicRequestContext>) {
    for asset in [Asset.style, Asset.icon] {
      router.get(RouterPath(asset.name)) { _, _ in PageAnswer.asset(asset) }
    }
    router.get("enter") { request, _ in await guarded { try enter(request) } }
    read(router, "/") { session, _, _ in try now(session) }
    read(router, "failures") { session, request, _ in try failures(session, request) }
    read(router, "failures/:id") { session, request, id in try failure(id, session, request) }
    read(router, "projects") { session, request, _ in try projects(session, request) }
    read(router, "insights") { session, request, _ in try insights(session, request, .page) }
    read(router, "insights.json") { session, request, _ in try insights(session, request, .json) }
    read(router, "insights.csv") { session, request, _ in try insights(session, request, .csv) }
    change(router, "leave") { session, request, _, _ in
      var answer = PageAnswer.see("/")
      answer.headers[.setCookie] = try doorkeeper.leave(session, request)
      return answer
    }
    for decision in Decision.allCases {
      change(router, RouterPath("failures/:id/\(decision.rawValue)")) { _, _, fields, id in
        try decide(decision, id, fields)
      }
    }
  }

  private func read(
    _ router: Router<BasicRequestContext>, _ path: RouterPath,
    _ answer: @escaping @Sendable (Session, Request, String) throws -> Response
  ) {
    router.get(path) { request, context in
      await guarded {
        guard let session = try doorkeeper.session(of: request) else { return Self.closed }
        return try answer(session, request, context.parameters.get("id") ?? "")
      }
    }
  }

  /// Only a form of the same session changes anything.
  private func change(
    _ router: Router<BasicRequestContext>, _ path: RouterPath,
    _ answer: @escaping @Sendable (Session, Request, PageFields, String) throws -> Response
  ) {
    router.post(path) { request, context in
      await guarded {
        guard let session = try doorkeeper.session(of: request) else { return Self.closed }
        let fields = try await PageFields(of: request)
        guard session.allows(fields["token"]) else { return Self.foreign(session) }
        return try answer(session, request, fields, context.parameters.get("id") ?? "")
      }
    }
  }

  /// What cannot be read from the store is said on a page, too.
  private func guarded(_ answer: () async throws -> Response) async -> Response {
    do {
      return try await answer()
    } catch let error as any HTTPResponseError {
      return PageAnswer.html("", status: error.status)
    } catch {
      logger.error("a page could not be shown", metadata: ["reason": "\(error)"])
      return PageAnswer.notice("Something is wrong", "\(error)", status: .serviceUnavailable)
    }
  }
}

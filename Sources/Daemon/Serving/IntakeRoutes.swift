import HTTPTypes
import Hummingbird
import NIOCore
import Storage

/// The addresses that senders know.
struct IntakeRoutes: Sendable {
  let reception: Reception
  /// Bytes that a body may have before it is inflated.
  static let bodyLimit = 8 << 20
  /// Of the large bodies few are held at a time.
  let largeBodies: Turnstile
  private static let largeBody = 1 << 20

  func add(to router: Router<BasicRequestContext>) {
    router.post("api/:project/envelope") { request, context in
      await answer(request, context, .envelope)
    }
    router.post("api/:project/store") { request, context in
      await answer(request, context, .event)
    }
  }

  private func answer(
    _ request: Request, _ context: BasicRequestContext, _ form: Delivery.Form
  ) async -> Response {
    let delivery = Delivery(
      form: form, project: context.parameters.get("project").flatMap { Int64($0) },
      key: Self.key(request), encoding: request.headers[.contentEncoding])
    switch reception.admitted(delivery) {
    case .failure(let refusal):
      if let outcome = refusal.outcome, let project = refusal.project {
        await reception.store.tally(outcome, project: project)
      }
      return Self.response(refusal.answer)
    case .success(let desk):
      return Self.response(await take(request, at: desk))
    }
  }

  private func take(_ request: Request, at desk: ProjectDesk) async -> Answer {
    let declared = request.headers[.contentLength].flatMap { Int($0) }
    if let declared, declared > Self.bodyLimit { return await oversized(desk) }
    let isLarge = (declared ?? .max) > Self.largeBody
    if isLarge { await largeBodies.enter() }
    defer { if isLarge { largeBodies.leave() } }
    var body: [UInt8] = []
    body.reserveCapacity(declared ?? 1 << 14)
    do {
      for try await piece in request.body {
        guard body.count + piece.readableBytes <= Self.bodyLimit else {
          return await oversized(desk)
        }
        body.append(contentsOf: piece.readableBytesView)
      }
    } catch {
      return .refused(400, "the body did not come to its end")
    }
    return await reception.receive(body, at: desk)
  }

  private func oversized(_ desk: ProjectDesk) async -> Answer {
    await reception.store.tally(.oversized, project: desk.project.id)
    return .refused(413, "the body is larger than what is taken")
  }

  private static func key(_ request: Request) -> String? {
    if let header = request.headers[Self.sentry], let key = SenderKey.inHeader(header) {
      return key
    }
    if let header = request.headers[.authorization], let key = SenderKey.inHeader(header) {
      return key
    }
    return request.uri.query.flatMap(SenderKey.inQuery)
  }

  private static let sentry = HTTPField.Name("X-Sentry-Auth")!

  private static func response(_ answer: Answer) -> Response {
    var headers: HTTPFields = [.contentType: "application/json", .accessControlAllowOrigin: "*"]
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    return Response(
      status: .init(code: answer.status), headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: answer.body)))
  }
}

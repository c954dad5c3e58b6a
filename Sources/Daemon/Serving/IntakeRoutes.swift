import HTTPTypes
import Hummingbird
import NIOCore
import Storage

/// The addresses that Sentry's clients know.
struct IntakeRoutes: Sendable {
  let reception: Reception
  let bodies: BodyIntake

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
      key: Self.key(request), encoding: request.headers[.contentEncoding],
      contentType: request.headers[.contentType])
    switch await reception.admitted(delivery) {
    case .failure(let refusal): return Self.response(refusal.answer)
    case .success(let desk):
      switch await bodies.body(of: request) {
      case .failure(let refused):
        return Self.response(await reception.refuse(refused, desk.project))
      case .success(let body):
        reception.relay(body, delivery, at: desk)
        return Self.response(await reception.receive(body, delivery, at: desk))
      }
    }
  }

  private static func key(_ request: Request) -> String? {
    for header in [Self.sentry, .authorization] {
      if let text = request.headers[header], let key = SenderKey.inHeader(text) { return key }
    }
    return request.uri.query.flatMap(SenderKey.inQuery)
  }

  private static let sentry = HTTPField.Name("X-Sentry-Auth")!

  static func response(_ answer: Answer) -> Response {
    var headers: HTTPFields = [.contentType: "application/json", .accessControlAllowOrigin: "*"]
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    return Response(
      status: .init(code: answer.status), headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: answer.body)))
  }
}

import HTTPTypes
import Hummingbird
import Intake
import NIOCore
import Storage
import Telemetry

/// The addresses of OpenTelemetry's exporters: `/otlp/KEY/v1/logs` and `…/traces`, where `/otlp/KEY` is what a team sets as its endpoint.
struct TelemetryRoutes: Sendable {
  let reception: Reception
  let bodies: BodyIntake

  func add(to router: Router<BasicRequestContext>) {
    for signal in OTLPSignal.allCases {
      router.post("otlp/:key\(signal.path)") { request, context in
        await answer(request, context.parameters.get("key"), signal)
      }
    }
  }

  private func answer(_ request: Request, _ key: String?, _ signal: OTLPSignal) async -> Response {
    guard let format = OTLPFormat(contentType: request.headers[.contentType] ?? "") else {
      return Self.response(
        .refused(415, "the body is neither application/x-protobuf nor application/json"))
    }
    let delivery = Delivery(
      form: .telemetry, project: nil, key: key.flatMap { SenderKey.accepted($0) },
      encoding: request.headers[.contentEncoding])
    switch await reception.admitted(delivery) {
    case .failure(let refusal): return Self.response(refusal.answer)
    case .success(let desk):
      switch await bodies.body(of: request) {
      case .failure(let refused):
        return Self.response(await reception.refuse(refused, desk.project))
      case .success(let body):
        return await take(body, delivery, signal, format, at: desk)
      }
    }
  }

  private func take(
    _ body: [UInt8], _ delivery: Delivery, _ signal: OTLPSignal, _ format: OTLPFormat,
    at desk: ProjectDesk
  ) async -> Response {
    switch await reception.receive(body, delivery, signal, format, at: desk) {
    case .failure(let refusal): return Self.response(refusal.answer)
    case .success(let answer):
      return Response(
        status: .ok, headers: [.contentType: answer.contentType],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
  }

  private static func response(_ answer: Answer) -> Response { IntakeRoutes.response(answer) }
}

import HTTPTypes
import Hummingbird
import Storage

/// What a machine watches, in Prometheus' text.
///
/// Behind a proxy it is not there: what a proxy relays may come from anywhere, and the names of projects are nobody's business.
struct MetricsRoutes: Sendable {
  let store: Store
  let gate: IntakeGate

  func add(to router: Router<BasicRequestContext>) {
    router.get("metrics") { request, _ in
      guard !Self.relayed.contains(where: { request.headers[$0] != nil }) else {
        return Response(status: .notFound)
      }
      guard let figures = try? store.figures() else {
        return Response(status: .serviceUnavailable)
      }
      let text = Exposition(
        figures, isAccepting: gate.reason == nil, room: Ballast.room(in: store.folder)
      ).text
      return Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: .init(byteBuffer: .init(string: text)))
    }
  }

  private static let relayed = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"].compactMap {
    HTTPField.Name($0)
  }
}

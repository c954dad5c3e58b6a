import Hummingbird
import Storage

/// Whether the daemon lives, and whether it can store.
struct HealthRoutes: Sendable {
  let store: Store

  func add(to router: Router<BasicRequestContext>) {
    router.get("healthz") { _, _ in "ok\n" }
    router.get("readyz") { _, _ -> Response in
      do {
        _ = try store.projects()
        return Response(status: .ok, body: .init(byteBuffer: .init(string: "ready\n")))
      } catch {
        return Response(
          status: .serviceUnavailable, body: .init(byteBuffer: .init(string: "\(error)\n")))
      }
    }
  }
}

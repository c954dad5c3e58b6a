import Hummingbird
import Storage

/// Whether the daemon lives, and whether it can store. Whoever asks is told the class of a reason, and no path.
struct HealthRoutes: Sendable {
  let store: Store
  let gate: IntakeGate

  func add(to router: Router<BasicRequestContext>) {
    router.get("healthz") { _, _ in "ok\n" }
    router.get("readyz") { _, _ in
      let reason = reason
      return Response(
        status: reason == nil ? .ok : .serviceUnavailable,
        headers: [.contentType: "text/plain; charset=utf-8"],
        body: .init(byteBuffer: .init(string: (reason ?? "ready") + "\n")))
    }
  }

  private var reason: String? {
    if let reason = gate.reason { return reason }
    do {
      _ = try store.projects()
      return nil
    } catch {
      return error.reason
    }
  }
}

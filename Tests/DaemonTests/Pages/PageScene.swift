import Failures
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Intake
import Interchange
import Logging
import NIOCore
import Storage

@testable import Daemon

/// A store in a folder of its own, and the real routes before it.
final class PageScene {
  let store: Store
  let project: Project
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "pages-\(UUID().uuidString)")
    store = try Store(in: folder.path, create: true)
    project = try store.addProject(
      name: "shop", repository: "/srv/shop", forward: "https://secretkey@sentry.example/7")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Has a browser try the pages; it comes in with a link where `isIn`.
  func visit(
    isIn: Bool = true, _ work: @escaping @Sendable (Browser) async throws -> Void
  ) async throws {
    let router = Router()
    let logger = Logger(label: "test")
    HealthRoutes(store: store, gate: IntakeGate(folder: store.folder, logger: logger)).add(
      to: router)
    PageRoutes(store: store, listening: "127.0.0.1:9500", logger: logger) { event, _ in event }.add(
      to: router)
    let store = store
    try await Application(router: router).test(.router) { client in
      let browser = Browser(client: client)
      if isIn {
        let link = try AdministratorLink(store, at: "127.0.0.1:9500")
        let answer = try await browser.get(String(link.address.dropFirst(21)))
        return try await work(browser.with(cookieOf: answer))
      }
      try await work(browser)
    }
  }

  /// A failure whose one event is `event`, found by its number.
  @discardableResult
  func failure(_ identity: String, _ event: FailureEvent) async throws -> FailureRecord {
    let exception = event.exception
    let key = Arrival.FailureKey(
      identity: identity, scheme: 1, exception: exception?.type ?? "message",
      signature: "v1 \(exception?.type ?? "") at shop/a.py:f: \(exception?.message ?? "")")
    let arrival = Arrival(
      project: project.id, identity: String(repeating: "0", count: 20) + identity,
      receivedAt: Date(timeIntervalSinceNow: -60), release: event.release,
      finding: .failure(key, .init(worth: 1, body: event.stored())))
    _ = try await ArrivalLog(store).append(arrival)
    guard let found = try store.failure(named: identity) else { throw CocoaError(.fileNoSuchFile) }
    return found
  }

  /// Works the next case: its steps are `findings`, its end is `report`.
  func work(_ report: JSON, findings: [(stage: String, finding: String)] = []) throws {
    guard let attempt = try store.lease(to: "test", for: 60) else {
      throw CocoaError(.fileNoSuchFile)
    }
    for (stage, finding) in findings {
      try store.append(
        Step(stage: stage, finding: finding, seconds: 0.5), to: attempt, holding: 60)
    }
    let outcome = report["outcome"]?.text ?? "stopped"
    let branch = report["branch"]?.text
    try store.end(
      attempt,
      with: AttemptEnd(
        outcome: outcome, state: FailureState(rawValue: outcome) ?? .stopped,
        report: report.bytes(), branch: branch))
  }
}

/// What asks for pages, with the cookie that it was given.
struct Browser: Sendable {
  let client: any TestClientProtocol
  var cookie: String?

  func get(_ path: String) async throws -> TestResponse {
    try await client.execute(uri: path, method: .get, headers: headers)
  }

  func post(_ path: String, _ form: String) async throws -> TestResponse {
    var headers = headers
    headers[.contentType] = "application/x-www-form-urlencoded"
    return try await client.execute(
      uri: path, method: .post, headers: headers, body: ByteBuffer(string: form))
  }

  func with(cookieOf answer: TestResponse) -> Browser {
    var other = self
    other.cookie = answer.headers[.setCookie].map { String($0.prefix { $0 != ";" }) }
    return other
  }

  /// What a form of this session carries.
  func formToken() async throws -> String {
    let page = String(buffer: try await get("/").body)
    return page.firstMatch(of: /name="token" value="([0-9a-f]{64})"/).map { String($0.1) } ?? ""
  }

  private var headers: HTTPFields {
    var headers = HTTPFields()
    if let cookie { headers[.cookie] = "other=1; " + cookie }
    return headers
  }
}

extension TestResponse {
  var text: String { String(buffer: body) }
}

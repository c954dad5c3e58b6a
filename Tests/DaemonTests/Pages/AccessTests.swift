import Foundation
import HTTPTypes
import HummingbirdTesting
import Storage
import Testing

@testable import Daemon

/// Who may see the pages, and who may change something.
struct AccessTests {
  static let closed = [
    "/", "/failures", "/failures/aaaaaaaaaaaa", "/projects", "/insights", "/insights.json",
    "/insights.csv",
  ]

  @Test(arguments: closed)
  func `without a session there is no page, and the way to a link`(_ path: String) async throws {
    try await PageScene().visit(isIn: false) { browser in
      let answer = try await browser.get(path)
      #expect(answer.status == .unauthorized)
      #expect(answer.text.contains("nevermore link --data DIR"))
      #expect(!answer.text.contains("shop"))
    }
  }

  @Test(arguments: ["healthz", "readyz"])
  func `what programs ask for stays open`(_ path: String) async throws {
    try await PageScene().visit(isIn: false) { browser in
      let status = try await browser.get("/" + path).status
      #expect(status == .ok)
    }
  }

  @Test func `a link opens one session, once`() async throws {
    let scene = try PageScene()
    let link = try AdministratorLink(scene.store, at: "h:1")
    try await scene.visit(isIn: false) { browser in
      let path = String(link.address.dropFirst("http://h:1".count))
      let answer = try await browser.get(path)
      let cookie = try #require(answer.headers[.setCookie])
      #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
      #expect(cookie.contains("Path=/;") && !cookie.contains("Secure"))
      #expect(try await browser.with(cookieOf: answer).get("/").status == .ok)
      let second = try await browser.get(path)
      #expect(second.status == .unauthorized)
      #expect(second.headers[.setCookie] == nil)
    }
  }

  @Test func `behind a proxy that encrypts, the cookie wants encryption`() async throws {
    let scene = try PageScene()
    let link = try AdministratorLink(scene.store, at: "h:1")
    try await scene.visit(isIn: false) { browser in
      let answer = try await browser.client.execute(
        uri: String(link.address.dropFirst("http://h:1".count)), method: .get,
        headers: [Doorkeeper.forwardedProtocol: "https"])
      #expect(answer.headers[.setCookie]?.contains("; Secure") == true)
    }
  }

  @Test func `wrong links are soon looked at no more`() async throws {
    try await PageScene().visit(isIn: false) { browser in
      var statuses: [Int] = []
      while statuses.last != 429, statuses.count < 1000 {
        statuses.append(try await browser.get("/enter?token=\(PageToken.new())").status.code)
      }
      #expect(Set(statuses) == [401, 429])
    }
  }

  @Test func `a link that nobody used for a week lets nobody in`() throws {
    let scene = try PageScene()
    let old = Date(timeIntervalSinceNow: -Store.linkSeconds - 1)
    try scene.store.addLink(digest: PageToken.digest("word"), now: old)
    let isIn = try scene.store.exchangeLink(forSession: [1]) { $0 == PageToken.digest("word") }
    #expect(!isIn)
  }

  @Test func `a session that nobody used for thirty days is over`() throws {
    let scene = try PageScene()
    let begun = Date(timeIntervalSinceNow: -Store.sessionSeconds - 1)
    try scene.store.addLink(digest: [7], now: begun)
    #expect(try scene.store.exchangeLink(forSession: [1], now: begun) { $0 == [7] })
    #expect(try scene.store.isSession(digest: [1], now: begun + 60))
    #expect(try !scene.store.isSession(digest: [1]))
  }

  @Test func `no token is stored as it is`() throws {
    let scene = try PageScene()
    let link = try AdministratorLink(scene.store, at: "h:1")
    let token = String(link.address.suffix(64))
    for file in try FileManager.default.contentsOfDirectory(atPath: scene.store.folder) {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: scene.store.folder + "/" + file))
      #expect(bytes.range(of: Data(token.utf8)) == nil, "in \(file)")
    }
  }

  @Test func `the first link is written for the owner alone, and is gone once it was used`()
    async throws
  {
    let scene = try PageScene()
    let link = try #require(try AdministratorLink.first(scene.store, at: "h:1"))
    let file = scene.store.folder + "/" + AdministratorLink.fileName
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == link.address + "\n")
    #expect(try AdministratorLink.first(scene.store, at: "h:1") == nil)
    try await scene.visit(isIn: false) { browser in
      _ = try await browser.get(String(link.address.dropFirst("http://h:1".count)))
    }
    #expect(!FileManager.default.fileExists(atPath: file))
  }

  @Test(arguments: Decision.allCases)
  func `a form without its session's token changes nothing`(_ decision: Decision) async throws {
    let scene = try PageScene()
    let before = try await scene.failure("aaaaaaaaaaaa", HostileWords.event)
    try await scene.visit { browser in
      let path = "/failures/aaaaaaaaaaaa/\(decision.rawValue)"
      #expect(try await browser.post(path, "").status == .forbidden)
      #expect(try await browser.post(path, "token=\(PageToken.new())").status == .forbidden)
      var stranger = browser
      stranger.cookie = nil
      let token = try await browser.formToken()
      #expect(try await stranger.post(path, "token=\(token)").status == .unauthorized)
    }
    #expect(try scene.store.failure(before.id) == before)
  }

  @Test func `who leaves is out`() async throws {
    try await PageScene().visit { browser in
      let token = try await browser.formToken()
      #expect(try await browser.post("/leave", "token=\(token)").status == .seeOther)
      #expect(try await browser.get("/").status == .unauthorized)
    }
  }
}

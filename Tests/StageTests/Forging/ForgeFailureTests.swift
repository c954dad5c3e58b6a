import Interchange
import Testing

@testable import Forges

@Suite struct ForgeFailureTests {
  let read = ForgeRequest(.get, .example(.github), ["x"])
  let write = ForgeRequest(
    .post, .example(.github), ["x"], body: ["title": "card 4111 of Ada", "draft": true])
  let date = ("Date", "Sun, 06 Nov 1994 08:49:37 GMT")

  func wait(_ status: Int, _ headers: [(String, String)], _ body: JSON = [:]) -> Duration?? {
    guard
      case .limited(let wait) = ForgeFailure(
        ForgeResponse(status, body, headers: headers), to: read)
    else { return nil }
    return .some(wait)
  }

  @Test func `a limit says how long, else a minute is waited, and longer each time`() {
    #expect(wait(429, [("Retry-After", "30")]) == .seconds(30))
    #expect(wait(403, [("retry-after", "30"), ("x-ratelimit-remaining", "5")]) == .seconds(30))
    #expect(
      wait(429, [("Retry-After", "Sun, 06 Nov 1994 08:50:37 GMT"), date]) == .seconds(60))
    #expect(
      wait(403, [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "784111787"), date])
        == .seconds(10))
    #expect(
      wait(429, [("RateLimit-Remaining", "0"), ("RateLimit-Reset", "784111787"), date])
        == .seconds(10))
    let secondary: JSON = ["message": "You have exceeded a secondary rate limit."]
    #expect(wait(403, [], secondary) == .some(nil))
    let waits = (0..<9).map { ForgeFailure.limited(wait: nil).retry(attempt: $0) }
    #expect(waits[0] == .after(.seconds(60)) && waits[1] == .after(.seconds(120)))
    #expect(waits[8] == .after(.seconds(3600)))
  }

  @Test(arguments: [
    "0", "-5", "99999999999999999999", "9223372036854775807", "-9223372036854775808", "1e9", "",
    "\u{661}",
  ])
  func `no header makes us wait for ever, or not at all`(text: String) {
    let headers = [
      [("Retry-After", text)],
      [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", text), date],
    ]
    for one in headers {
      guard let wait = wait(429, one) else {
        Issue.record("no limit")
        continue
      }
      if let wait { #expect(.seconds(1) <= wait && wait <= .seconds(3600)) }
    }
  }

  @Test func `a 403 without a sign of a limit is a refusal`() {
    let failure = ForgeFailure(
      ForgeResponse(403, ["message": "Resource not accessible by personal access token"]), to: read)
    #expect(
      failure
        == .refused(status: 403, reason: "Resource not accessible by personal access token"))
  }

  @Test func `what is retried at once, later and never`() {
    func retry(_ status: Int, _ request: ForgeRequest) -> ForgeFailure.Retry {
      ForgeFailure(ForgeResponse(status, [:]), to: request).retry(attempt: 0)
    }
    for status in [500, 503, 599] { #expect(retry(status, write) == .atOnce) }
    for status in [408, 502, 504] {
      #expect(retry(status, write) == .after(.seconds(30)))
      #expect(retry(status, read) == .atOnce)
    }
    for status in [301, 400, 401, 404, 405, 409, 410, 422, 423] {
      #expect(retry(status, write) == .never)
    }
    #expect(ForgeFailure.unavailable(uncertain: false).retry(attempt: 1) != .atOnce)
    #expect(ForgeFailure.unreadable.retry(attempt: 0) == .after(.seconds(60)))
  }

  @Test func `a reason is one short line, and repeats nothing that we sent`() {
    let body: JSON = [
      "message": "title `card 4111 of Ada` is\nbad \u{1B}[31m\u{202E}",
      "errors": [["message": .string(String(repeating: "x", count: 5000))], "code"],
    ]
    let failure = ForgeFailure(ForgeResponse(422, body), to: write)
    guard case .refused(_, let reason) = failure else {
      Issue.record("\(failure)")
      return
    }
    #expect(reason.hasPrefix("title '…' is bad [31m"))
    #expect(reason.count <= 160)
    #expect(!reason.contains("4111"))
  }

  @Test func `dates of HTTP are read, and nothing else`() {
    #expect(HTTPDate.seconds("Thu, 01 Jan 1970 00:00:00 GMT") == 0)
    #expect(HTTPDate.seconds("Thu, 29 Feb 2024 12:00:01 GMT") == 1_709_208_001)
    #expect(HTTPDate.seconds("Fri, 31 Dec 9999 23:59:59 GMT") == 253_402_300_799)
    for text in ["", "now", "Thu, 01 Foo 1970 00:00:00 GMT", "Thu, 01 Jan 1970 00:00 GMT"] {
      #expect(HTTPDate.seconds(text) == nil)
    }
  }
}

import Foundation
import Interchange
import Testing

@testable import Forges
@testable import Sending

/// What leaves the program, against real servers on the loopback.
@Suite struct WebSenderTests {
  let sender = WebSender()

  @Test func `an answer comes back whole, whatever its status`() async throws {
    let local = try LocalForge(.gitea)
    let found = try await sender.send(WebRequest(.get, local.address + "/"))
    #expect(found.status == 200 && found.header("content-TYPE") == "text/html; charset=utf-8")
    #expect(String(decoding: found.body, as: UTF8.self).contains("ada/shop"))
    #expect(try await sender.send(WebRequest(.post, local.address + "/_none")).status == 404)
  }

  @Test func `an answer that is too long is none, and the request has taken effect`() async throws {
    let local = try LocalForge(.gitea)
    let request = WebRequest(.get, local.address + "/", answerLimit: 20)
    let failure = await #expect(throws: WebFailure.self) { try await sender.send(request) }
    #expect(failure == .answerTooLong(limit: 20))
    #expect(failure?.mayHaveBeenDelivered == true)
  }

  @Test func `nobody listens, so nothing was delivered`() async throws {
    let failure = await #expect(throws: WebFailure.self) {
      try await sender.send(WebRequest(.post, "http://127.0.0.1:9/", body: [1]))
    }
    #expect(failure == .notDelivered)
    #expect(failure?.mayHaveBeenDelivered == false)
  }

  @Test(arguments: ["lost", "silent"])
  func `an answer that never comes leaves open whether it was delivered`(fault: String)
    async throws
  {
    let local = try LocalForge(.gitea)
    try await local.play(["fault": .string(fault)])
    let url = try local.location.interface + "/repos/ada/shop"
    let timeout: Duration = fault == "silent" ? .seconds(1) : .seconds(20)
    let failure = await #expect(throws: WebFailure.self) {
      try await sender.send(WebRequest(.get, url, timeout: timeout))
    }
    #expect(failure == .unanswered)
  }

  @Test func `a redirect within the origin is followed, for what changes nothing`() async throws {
    let local = try LocalForge(.gitea)
    let interface = try local.location.interface
    let location: JSON = "/api/v1/repos/ada/shop"
    try await local.play(
      ["fault": "redirect", "location": location, "on": ["GET"]],
      ["fault": "redirect", "location": location, "on": ["POST"]])
    let headers = [WebHeader("Authorization", "Bearer \(LocalForge.token)")]
    let moved = try await sender.send(
      WebRequest(.get, interface + "/repos/ada/old", headers: headers))
    #expect(moved.status == 200)
    let written = try await sender.send(
      WebRequest(.post, interface + "/repos/ada/old", headers: headers))
    #expect(written.status == 302)
  }

  @Test func `a redirect that never ends is the answer`() async throws {
    let local = try LocalForge(.gitea)
    let url = try local.location.interface + "/repos/ada/shop"
    let fault: JSON = ["fault": "redirect", "location": .string(url)]
    try await local.play(fault, fault, fault, fault)
    #expect(try await sender.send(WebRequest(.get, url)).status == 302)
    #expect(try await local.record()["waiting"] == [])
  }

  @Test(arguments: [
    "ftp://127.0.0.1/", "//127.0.0.1/", "http://", "http://name:word@127.0.0.1/", "file:///etc",
    "http://127.0.0.1/\r\nX: y", "http://127.0.0.1/ä", "unix:///x",
  ])
  func `what is no plain address is not sent to`(url: String) async throws {
    let failure = await #expect(throws: WebFailure.self) {
      try await sender.send(WebRequest(.get, url))
    }
    #expect(failure == .unacceptableAddress)
  }

  @Test(arguments: [("X", "a\r\nY: b"), ("X Y", "a"), ("", "a"), ("X:", "a"), ("X", "a\u{0}")])
  func `a header cannot begin another`(name: String, value: String) async throws {
    let local = try LocalForge(.gitea)
    let request = WebRequest(.get, local.address, headers: [WebHeader(name, value)])
    let failure = await #expect(throws: WebFailure.self) { try await sender.send(request) }
    #expect(failure == .unacceptableHeader)
  }

  @Test(arguments: [
    ("https://a.example/x", "https://a.example:443/y", true),
    ("https://a.example/x", "../y", true), ("https://a.example/x", "//a.example/y", true),
    ("https://a.example/x", "//b.example/y", false),
    ("https://a.example/x", "http://a.example/y", false),
    ("https://a.example/x", "https://a.example:8443/y", false),
    ("https://a.example/x", "https://a.example@b.example/", false),
    ("https://a.example/x", "https://u@a.example/", false),
    ("https://a.example/x", "javascript:alert(1)", false),
  ])
  func `only the same scheme, host and port is the same origin`(
    address: String, location: String, same: Bool
  ) throws {
    let redirected = try #require(WebAddress(address)).redirected(to: location)
    #expect((redirected != nil) == same)
  }

  @Test func `a failure tells nothing of address and headers`() {
    let failures: [WebFailure] = [
      .unacceptableAddress, .unacceptableHeader, .notDelivered, .unanswered,
      .answerTooLong(limit: 3), .cancelled,
    ]
    for failure in failures { #expect(!"\(failure)".contains("127.0.0.1")) }
  }
}

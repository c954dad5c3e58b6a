import Interchange
import Sending
import Testing

@testable import Forges

/// The local forge is a judge of the others, so it is judged itself.
@Suite struct LocalForgeTests {
  let sender = WebSender()

  @Test(
    .enabled(
      if: LocalForge.descriptions != nil,
      "../shared/forges is not beside the repository: nothing to hold the requests against"),
    arguments: [
      (
        ForgeKind.github, "POST", "/repos/ada/shop/pulls", #"{"head":"x","base":"main","drafty":1}"#
      ),
      (.github, "POST", "/repos/ada/shop/pulls", #"{"title":"no base","head":"x"}"#),
      (.github, "GET", "/repos/ada/shop/pulls?state=opened", ""),
      (.github, "GET", "/repos/ada/shop/pulls?states=open", ""),
      (.github, "POST", "/repos/ada/shop/statuses/abc", #"{"state":"failed"}"#),
      (.gitlab, "POST", "/projects/1/merge_requests", #"{"title":"x","source_branch":"y"}"#),
      (.gitlab, "GET", "/projects/ada/shop/merge_requests", ""),
      (.gitlab, "POST", "/projects/1/statuses/abc", #"{"state":"failure"}"#),
      (.gitea, "POST", "/repos/ada/shop/labels", #"{"name":"x"}"#),
      (.gitea, "PUT", "/repos/ada/shop/pulls/1", #"{"title":"x"}"#),
      (.gitea, "POST", "/repos/ada/shop/statuses/abc", #"{"state":"failed"}"#),
      (.forgejo, "POST", "/repos/ada/shop/pulls/1/merge", #"{"do":"merge"}"#),
      (.forgejo, "POST", "/repos/ada/shop/issues/1/comments", "{"),
    ])
  func `what a description does not know is a violation`(
    kind: ForgeKind, method: String, path: String, body: String
  ) async throws {
    let local = try LocalForge(kind)
    let method = try #require(WebRequest.Method(rawValue: method))
    let headers = [WebHeader("Authorization", "Bearer \(LocalForge.token)")]
    let response = try await sender.send(
      WebRequest(
        method, try local.location.interface + path, headers: headers, body: Array(body.utf8)))
    #expect(response.status == 599)
    #expect(try await local.record()["violations"]?.items?.isEmpty == false)
  }

  @Test func `no page of elsewhere presses its buttons`() async throws {
    let local = try LocalForge(.gitea)
    let proposal = Proposal(branch: LocalForge.branch, base: "main", title: "Fix", body: "Text")
    let request = try await local.run(try local.forge.open(proposal)).request
    let button = try #require(request.page) + "/merge"
    for headers in [
      [WebHeader("Origin", "http://evil.example")], [WebHeader("Host", "evil.example:80")],
    ] {
      let response = try await sender.send(WebRequest(.post, button, headers: headers))
      #expect(response.status == 403)
    }
    #expect(try await local.run(try local.forge.read(request.number)).state == .open)
    let pressed = try await sender.send(
      WebRequest(.post, button, headers: [WebHeader("Origin", local.address)]))
    #expect(pressed.status == 303)
    #expect(try await local.run(try local.forge.read(request.number)).state != .open)
  }

  @Test(arguments: [
    "/../../etc/passwd", "/ada/%2e%2e/pulls/1", "/ada/none/pulls/1", "/ada/shop/pulls/9",
  ])
  func `what is not there is not found`(path: String) async throws {
    let local = try LocalForge(.gitea)
    #expect(try await sender.send(WebRequest(.get, local.address + path)).status == 404)
  }
}

import Foundation
import Interchange
import Testing

@testable import Forges

/// Webhooks as the local forge sends them, signed, over HTTP.
@Suite struct WebhookRoundTripTests {
  @Test(arguments: ForgeKind.allCases)
  func `what happens on the forge arrives, verified`(kind: ForgeKind) async throws {
    let root = try #require(LocalForge.root)
    let receiver = try TalkingProcess(["python3", root + "/Tests/Fixtures/forge/receive.py"])
    let address = try #require(try receiver.line()["address"]?.text)
    let local = try LocalForge(kind, webhook: address)
    let proposal = Proposal(branch: LocalForge.branch, base: "main", title: "Fix", body: "Text")
    let number = try await local.run(try local.forge.open(proposal)).request.number
    let webhook = try #require(Webhook(kind: kind, secret: LocalForge.secret))
    let stranger = try #require(Webhook(kind: kind, secret: "another secret"))
    // Each is read before the next: what arrives waits in a pipe, which holds no more than one or two.
    var deliveries: [WebhookDelivery] = []
    for what in ["close", "reopen", "merge"] {
      try await local.act(what, ["number": .integer(number)])
      deliveries.append(try Self.delivery(try receiver.line()))
    }
    try await local.act("push", ["branch": "main"])
    deliveries.append(try Self.delivery(try receiver.line()))
    let merged = try local.git("rev-parse", "main")
    let branch = LocalForge.branch
    let expected: [ForgeNotice.Happening] = [
      .closed(number: number, branch: branch), .reopened(number: number, branch: branch),
      .merged(number: number, branch: branch, commit: merged),
      .pushed(branch: "main", commit: merged),
    ]
    for (delivery, happening) in zip(deliveries, expected) {
      let notice = try webhook.notice(in: delivery)
      #expect(notice == ForgeNotice(repository: "ada/shop", happening: happening))
      #expect(throws: WebhookError.wrongSignature) { try stranger.notice(in: delivery) }
      var changed = delivery
      changed.body.append(32)
      if kind == .gitlab { changed.headers["x-gitlab-token"] = nil }
      #expect(throws: WebhookError.wrongSignature) { try webhook.notice(in: changed) }
    }
    try await local.expectNoViolation()
  }

  private static func delivery(_ line: JSON) throws -> WebhookDelivery {
    let headers = try #require(line["headers"]?.items).map { pair in
      (try #require(pair[0]?.text), try #require(pair[1]?.text))
    }
    let body = try #require(line["body"]?.text.flatMap { Foundation.Data(base64Encoded: $0) })
    return WebhookDelivery(headers: headers, body: Array(body))
  }
}

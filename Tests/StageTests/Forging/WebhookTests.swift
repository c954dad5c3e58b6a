import Interchange
import Testing

@testable import Forges

@Suite struct WebhookTests {
  static let secret = "It's a Secret to Everybody"
  static let code = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"

  func webhook(_ kind: ForgeKind, _ secret: String = secret) throws -> Webhook {
    try #require(Webhook(kind: kind, secret: secret))
  }

  /// Past the signature, the text of the vector is no JSON: that is how it is told apart.
  private func isVerified(_ kind: ForgeKind, _ headers: [(String, String)], secret: String = secret)
    throws -> Bool
  {
    let event = [("X-GitHub-Event", "push"), ("X-Gitlab-Event", "Push Hook")]
    let delivery = WebhookDelivery(headers: headers + event, body: Array("Hello, World!".utf8))
    let error = #expect(throws: WebhookError.self) {
      try webhook(kind, secret).notice(in: delivery)
    }
    return error == .malformed(missing: "JSON")
  }

  @Test func `the published signatures are verified`() throws {
    #expect(try isVerified(.github, [("X-Hub-Signature-256", "sha256=\(Self.code)")]))
    #expect(try isVerified(.gitea, [("X-Gitea-Signature", Self.code)]))
    #expect(try isVerified(.forgejo, [("X-Forgejo-Signature", Self.code)]))
    #expect(try isVerified(.gitlab, [("X-Gitlab-Token", Self.secret)]))
  }

  @Test func `GitLab's newer signature covers id, time and body`() throws {
    let id = [("webhook-id", "msg_1"), ("webhook-timestamp", "1700000000")]
    // echo -n 'msg_1.1700000000.Hello, World!' | openssl dgst -sha256 -hmac key -binary | base64
    let right = ("webhook-signature", "v1,AAAA v1,iteQbJePhUc9T5/LgULx0zKBSjZ+hdGRRNt3xz7ByRk=")
    #expect(try isVerified(.gitlab, id + [right], secret: "key"))
    // The same key, `key`, as the base64 of its bytes.
    #expect(try isVerified(.gitlab, id + [right], secret: "whsec_a2V5"))
    let later = [("webhook-id", "msg_1"), ("webhook-timestamp", "1700000001"), right]
    #expect(try !isVerified(.gitlab, later, secret: "key"))
    #expect(try !isVerified(.gitlab, [right], secret: "key"))
  }

  @Test(arguments: [
    "sha256=", "sha256=00", "sha256=" + String(repeating: "0", count: 64), code, "sha1=" + code,
    "sha256=" + code + "00", "sha256=\u{661}" + code.dropFirst(),
  ])
  func `every other signature is wrong`(signature: String) throws {
    #expect(try !isVerified(.github, [("X-Hub-Signature-256", signature)]))
  }

  @Test func `without a signature nothing is read, and without a secret there is no webhook`()
    throws
  {
    let push = WebhookDelivery(headers: [("X-GitHub-Event", "push")], body: Array("{}".utf8))
    for kind in ForgeKind.allCases {
      #expect(throws: WebhookError.unsigned) { try webhook(kind).notice(in: push) }
      #expect(Webhook(kind: kind, secret: "") == nil)
    }
    // Another forge's way of signing is not ours.
    #expect(throws: WebhookError.unsigned) {
      try webhook(.github).notice(
        in: WebhookDelivery(headers: [("X-Gitlab-Token", Self.secret)], body: []))
    }
  }

  private func notice(_ event: String, _ body: JSON) throws -> ForgeNotice? {
    try webhook(.gitlab).notice(
      in: WebhookDelivery(
        headers: [("X-Gitlab-Token", Self.secret), ("X-Gitlab-Event", event)], body: body.bytes()))
  }

  @Test func `what does not concern us is nothing`() throws {
    let project: JSON = ["path_with_namespace": "a/b"]
    #expect(try notice("Note Hook", [:]) == nil)
    #expect(
      try notice(
        "Merge Request Hook",
        [
          "object_kind": "merge_request", "project": project,
          "object_attributes": ["action": "update"],
        ]) == nil)
    #expect(
      try notice(
        "Push Hook", ["object_kind": "push", "project": project, "ref": "refs/tags/v1"]) == nil)
  }

  @Test func `a deleted branch has no commit`() throws {
    let zeros = String(repeating: "0", count: 40)
    let found = try notice(
      "Push Hook",
      [
        "object_kind": "push", "project": ["path_with_namespace": "a/b"],
        "ref": "refs/heads/nevermore/1", "after": .string(zeros),
      ])
    #expect(found?.happening == .pushed(branch: "nevermore/1", commit: nil))
  }

  @Test(arguments: [
    ("null", "project.path_with_namespace"), ("{}", "project.path_with_namespace"),
    ("{\"project\":{\"path_with_namespace\":\"a\\u0000b\"}}", "project.path_with_namespace"),
    ("{\"project\":{\"path_with_namespace\":\"a/b\"}}", "object_kind"),
    (
      "{\"project\":{\"path_with_namespace\":\"a/b\"},\"object_kind\":\"merge_request\","
        + "\"object_attributes\":{\"action\":\"close\",\"iid\":\"1\"}}", "object_attributes.iid"
    ),
    (
      "{\"project\":{\"path_with_namespace\":\"a/b\"},\"object_kind\":\"push\",\"ref\":\"refs/heads/x\","
        + "\"after\":\"HEAD\"}", "after"
    ), ("{", "JSON"), (String(repeating: "[", count: 100), "JSON"),
  ])
  func `a body that is not what the forge documents is an error that names the place`(
    body: String, missing: String
  ) throws {
    let delivery = WebhookDelivery(
      headers: [("X-Gitlab-Token", Self.secret), ("X-Gitlab-Event", "Merge Request Hook")],
      body: Array(body.utf8))
    #expect(throws: WebhookError.malformed(missing: missing)) {
      try webhook(.gitlab).notice(in: delivery)
    }
  }
}

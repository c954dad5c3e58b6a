import Interchange

/// A project's end of its forge's webhook: it knows the secret, and reads what bears it.
public struct Webhook: Sendable {
  /// GitHub sends no more than this.
  public static let bodyLimit = 25 << 20

  public var kind: ForgeKind
  private let secret: WebhookSecret

  /// `nil` for an empty secret: anybody could sign with it.
  public init?(kind: ForgeKind, secret: String) {
    guard let secret = WebhookSecret(secret) else { return nil }
    self.kind = kind
    self.secret = secret
  }

  /// Verifies, then reads; `nil` for what does not concern us.
  public func notice(in delivery: WebhookDelivery) throws(WebhookError) -> ForgeNotice? {
    guard delivery.body.count <= Self.bodyLimit else { throw .tooLong(limit: Self.bodyLimit) }
    try secret.verify(delivery, from: kind)
    let event = delivery.headers[eventHeader] ?? delivery.headers["x-github-event"]
    guard let event, Self.concerning.contains(event) else {
      if event == nil { throw .malformed(missing: eventHeader) }
      return nil
    }
    guard let json = try? JSON(parsing: delivery.body, depthLimit: 64) else {
      throw .malformed(missing: "JSON")
    }
    let payload = WebhookPayload(json)
    return kind == .gitlab
      ? try payload.noticeOfGitLab() : try payload.noticeOfGitHub(isPush: event == "push")
  }

  private static let concerning: Set = ["pull_request", "push", "Merge Request Hook", "Push Hook"]

  private var eventHeader: String {
    switch kind {
    case .github: "x-github-event"
    case .gitlab: "x-gitlab-event"
    case .gitea: "x-gitea-event"
    case .forgejo: "x-forgejo-event"
    }
  }
}

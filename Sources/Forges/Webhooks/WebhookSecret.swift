import Crypto
import Foundation

/// What forge and we alone know. Every comparison takes as long for a wrong secret as for the right one.
struct WebhookSecret: Sendable {
  private let text: String

  init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    self.text = text
  }

  func verify(_ delivery: WebhookDelivery, from kind: ForgeKind) throws(WebhookError) {
    let checks: [(name: String, isRight: (String) -> Bool)] =
      switch kind {
      case .github: [("x-hub-signature-256", { isHub($0, delivery) })]
      case .gitlab:
        [
          ("webhook-signature", { isStandard($0, delivery) }),
          ("x-gitlab-token", { isToken($0) }),
        ]
      case .gitea, .forgejo:
        [
          ("x-gitea-signature", { isHex($0[...], delivery) }),
          ("x-forgejo-signature", { isHex($0[...], delivery) }),
          ("x-hub-signature-256", { isHub($0, delivery) }),
        ]
      }
    let present = checks.compactMap { check in delivery.headers[check.name].map { (check, $0) } }
    guard !present.isEmpty else { throw .unsigned }
    guard present.contains(where: { check, value in check.isRight(value) }) else {
      throw .wrongSignature
    }
  }

  private func isToken(_ token: String) -> Bool {
    // Digests compare in constant time, and have one length.
    SHA256.hash(data: Array(token.utf8)) == SHA256.hash(data: Array(text.utf8))
  }

  private func isHub(_ value: String, _ delivery: WebhookDelivery) -> Bool {
    value.hasPrefix("sha256=") && isHex(value.dropFirst(7), delivery)
  }

  private func isHex(_ value: Substring, _ delivery: WebhookDelivery) -> Bool {
    guard let code = Self.bytes(hex: value) else { return false }
    return isCode(code, of: delivery.body, key: Array(text.utf8))
  }

  /// `v1,<base64>`, several of them while a secret is being changed; over id, time and body.
  private func isStandard(_ value: String, _ delivery: WebhookDelivery) -> Bool {
    guard
      let id = delivery.headers["webhook-id"], let time = delivery.headers["webhook-timestamp"]
    else { return false }
    let message = Array("\(id).\(time).".utf8) + delivery.body
    return value.split(separator: " ").prefix(8).contains { signature in
      guard signature.hasPrefix("v1,"),
        let code = Data(base64Encoded: String(signature.dropFirst(3)))
      else { return false }
      return isCode(Array(code), of: message, key: standardKey)
    }
  }

  /// A secret with this prefix is the base64 of its bytes.
  private var standardKey: [UInt8] {
    let prefix = "whsec_"
    guard text.hasPrefix(prefix),
      let key = Data(base64Encoded: String(text.dropFirst(prefix.count)))
    else { return Array(text.utf8) }
    return Array(key)
  }

  private func isCode(_ code: [UInt8], of message: [UInt8], key: [UInt8]) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(
      code, authenticating: message, using: SymmetricKey(data: key))
  }

  private static func bytes(hex: Substring) -> [UInt8]? {
    let digits = hex.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == hex.utf8.count, digits.count == 64 else { return nil }
    return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}

/// A webhook as it arrived; nothing in it is to be believed before ``Webhook`` has verified it.
public struct WebhookDelivery: Sendable, Hashable {
  /// Names in lower case.
  public var headers: [String: String]
  public var body: [UInt8]

  public init(headers: [(String, String)], body: [UInt8]) {
    self.headers = Dictionary(
      headers.map { ($0.0.lowercased(), $0.1) }, uniquingKeysWith: { first, _ in first })
    self.body = body
  }
}

/// What a webhook says has happened. It is a hint that may come twice, late or never: whoever acts on it reads the
/// pull request first.
public struct ForgeNotice: Sendable, Hashable {
  public enum Happening: Sendable, Hashable {
    case merged(number: Int, branch: String, commit: String?)
    case closed(number: Int, branch: String)
    case reopened(number: Int, branch: String)
    /// `commit` is the branch's newest; `nil` where the branch was deleted.
    case pushed(branch: String, commit: String?)
  }

  /// `owner/name`
  public var repository: String
  public var happening: Happening
}

/// Why a delivery counts for nothing.
public enum WebhookError: Error, Sendable, Hashable {
  case unsigned
  case wrongSignature
  case tooLong(limit: Int)
  case malformed(missing: String)
}

extension WebhookError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unsigned:
      "The webhook bears no signature.\nhint: set the same secret at the forge and here"
    case .wrongSignature:
      "The webhook's signature is not made with our secret.\n"
        + "hint: set the same secret at the forge and here"
    case .tooLong(let limit): "The webhook is longer than \(limit) bytes."
    case .malformed(let missing): "The webhook is not what its forge documents: no `\(missing)`."
    }
  }
}

import Forges
import Foundation
import Interchange

/// What the process that holds the tokens is asked, in a line of JSON each. It runs nothing of the target's.
public enum CourierOrder: Sendable {
  /// A question to a forge's interface.
  case ask(ForgeRequest, ForgeLocation, token: String)
  /// Where a remote's branch stands.
  case tip(repository: String, address: String, branch: String, token: String?)
  case push(
    repository: String, address: String, branch: String, commit: String, expected: String?,
    token: String?)
  case fetch(repository: String, address: String, token: String?)

  public var line: [UInt8] { json.bytes() + [UInt8(ascii: "\n")] }

  private var json: JSON {
    switch self {
    case .ask(let request, let location, let token):
      [
        "do": "ask", "method": .string(request.method.rawValue), "url": .string(request.url),
        "body": request.body ?? nil, "kind": .string(location.kind.rawValue),
        "interface": .string(location.interface), "owner": .string(location.owner),
        "name": .string(location.name), "token": .string(token),
      ]
    case .tip(let repository, let address, let branch, let token):
      [
        "do": "tip", "repository": .string(repository), "address": .string(address),
        "branch": .string(branch), "token": .optional(token),
      ]
    case .push(let repository, let address, let branch, let commit, let expected, let token):
      [
        "do": "push", "repository": .string(repository), "address": .string(address),
        "branch": .string(branch), "commit": .string(commit), "expected": .optional(expected),
        "token": .optional(token),
      ]
    case .fetch(let repository, let address, let token):
      [
        "do": "fetch", "repository": .string(repository), "address": .string(address),
        "token": .optional(token),
      ]
    }
  }

  public init?(line: [UInt8]) {
    guard let json = try? JSON(parsing: line) else { return nil }
    func text(_ name: String) -> String? { json[name]?.text }
    let token = text("token")
    switch (text("do"), text("repository"), text("address")) {
    case ("ask", _, _):
      guard let token, let order = Self.asking(json, token) else { return nil }
      self = order
    case ("tip", let repository?, let address?):
      guard let branch = text("branch") else { return nil }
      self = .tip(repository: repository, address: address, branch: branch, token: token)
    case ("push", let repository?, let address?):
      guard let branch = text("branch"), let commit = text("commit") else { return nil }
      self = .push(
        repository: repository, address: address, branch: branch, commit: commit,
        expected: text("expected"), token: token)
    case ("fetch", let repository?, let address?):
      self = .fetch(repository: repository, address: address, token: token)
    default: return nil
    }
  }

  private static func asking(_ json: JSON, _ token: String) -> CourierOrder? {
    guard let kind = json["kind"]?.text.flatMap(ForgeKind.init(rawValue:)),
      let interface = json["interface"]?.text, let owner = json["owner"]?.text,
      let name = json["name"]?.text, let url = json["url"]?.text,
      let method = json["method"]?.text.flatMap(ForgeRequest.Method.init(rawValue:))
    else { return nil }
    let location = ForgeLocation(kind: kind, interface: interface, owner: owner, name: name)
    let body = json["body"].flatMap { $0.isNull ? nil : $0 }
    return ForgeRequest(method, url: url, body: body, within: location).map {
      .ask($0, location, token: token)
    }
  }
}

/// What came of an order.
public enum CourierAnswer: Sendable {
  case answered(ForgeResponse)
  case tip(String?)
  case pushed
  /// Somebody else wrote the branch.
  case moved
  /// The remote will not have it, in its own words.
  case refused(String)
  case fetched
  /// It came to nothing; whether it may have taken effect.
  case failed(String, uncertain: Bool)

  public var line: [UInt8] { json.bytes() + [UInt8(ascii: "\n")] }

  private var json: JSON {
    switch self {
    case .answered(let response):
      [
        "status": .integer(response.status),
        "headers": .array(
          response.headers.sorted { $0.key < $1.key }.map { [.string($0.key), .string($0.value)] }),
        "body": .string(Data(response.body).base64EncodedString()),
      ]
    case .tip(let commit): ["tip": .array(commit.map { [.string($0)] } ?? [])]
    case .pushed: ["pushed": true]
    case .moved: ["moved": true]
    case .refused(let why): ["refused": .string(why)]
    case .fetched: ["fetched": true]
    case .failed(let why, let uncertain): ["failed": .string(why), "uncertain": .bool(uncertain)]
    }
  }

  public init(line: [UInt8]) {
    let json = (try? JSON(parsing: line)) ?? .null
    if let status = json["status"]?.integer {
      self = .answered(
        ForgeResponse(
          status: status,
          headers: (json["headers"]?.items ?? []).map { ($0[0]?.text ?? "", $0[1]?.text ?? "") },
          body: Array(Data(base64Encoded: json["body"]?.text ?? "") ?? Data())))
    } else if let tip = json["tip"]?.items {
      self = .tip(tip.first?.text)
    } else if json["pushed"] != nil {
      self = .pushed
    } else if json["moved"] != nil {
      self = .moved
    } else if let why = json["refused"]?.text {
      self = .refused(why)
    } else if json["fetched"] != nil {
      self = .fetched
    } else {
      self = .failed(
        json["failed"]?.text ?? "the courier said what nobody understands",
        uncertain: json["uncertain"]?.bool ?? true)
    }
  }
}

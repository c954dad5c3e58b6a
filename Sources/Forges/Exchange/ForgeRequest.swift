import Interchange

/// One question to a forge's interface. It holds no token: whoever sends it adds that.
public struct ForgeRequest: Sendable, Hashable {
  public enum Method: String, Sendable, Hashable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
  }

  public var method: Method
  /// Always below ``ForgeLocation/interface``: no answer of a forge ever becomes an address.
  public var url: String
  public var body: JSON?
  /// What the forge needs besides the token; GitHub turns down whoever does not say what it is.
  public var headers: [(name: String, value: String)] {
    var headers = [(name: "User-Agent", value: "nevermore"), ("Accept", accepted)]
    if accepted.contains("github") { headers.append(("X-GitHub-Api-Version", "2022-11-28")) }
    if body != nil { headers.append(("Content-Type", "application/json")) }
    return headers
  }
  private var accepted: String

  /// Whether something new appears on the forge, which forges count apart.
  public var creates: Bool { method == .post }
  public var writes: Bool { method != .get }

  /// `steps` are encoded one by one, so that a branch's slash leads nowhere.
  init(
    _ method: Method, _ location: ForgeLocation, _ steps: [String],
    query: KeyValuePairs<String, String> = [:], body: JSON? = nil
  ) {
    self.method = method
    self.body = body
    accepted = Self.accepted(location)
    let path = steps.map { "/" + SafeText.encoded($0) }.joined()
    let pairs = query.map { "\($0.key)=\(SafeText.encoded($0.value))" }.joined(separator: "&")
    url = location.interface + path + (pairs.isEmpty ? "" : "?\(pairs)")
  }

  /// One that comes from another process, for whoever holds the token; `nil` where it would leave the interface.
  public init?(_ method: Method, url: String, body: JSON?, within location: ForgeLocation) {
    let rest = url.dropFirst(location.interface.utf8.count)
    let path = rest.prefix { $0 != "?" }
    guard
      url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
      url.hasPrefix(location.interface), rest.hasPrefix("/"), !rest.contains("#"),
      !path.lowercased().replacing("%2e", with: ".").split(separator: "/").contains("..")
    else { return nil }
    self.method = method
    self.url = url
    self.body = body
    accepted = Self.accepted(location)
  }

  private static func accepted(_ location: ForgeLocation) -> String {
    location.kind == .github ? "application/vnd.github+json" : "application/json"
  }
}

/// What a forge answered. Header names are in lower case.
public struct ForgeResponse: Sendable, Hashable {
  public var status: Int
  public var headers: [String: String]
  public var body: [UInt8]

  /// Of a header that was sent twice, the first counts.
  public init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = Dictionary(
      headers.map { ($0.0.lowercased(), $0.1) }, uniquingKeysWith: { first, _ in first })
    self.body = body
  }

  /// The body as JSON, within what an honest forge nests.
  var json: JSON? { try? JSON(parsing: body, depthLimit: 64) }
}

/// What a transport throws where no answer came; every other error is taken for the second.
public enum ForgeTransportFailure: Error, Sendable, Hashable {
  /// Surely nothing of the request arrived.
  case notDelivered
  /// It may have arrived, and taken effect.
  case unanswered
}

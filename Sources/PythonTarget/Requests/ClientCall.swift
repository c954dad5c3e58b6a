import Failures
import Languages

/// A captured request as a call on a framework's test client.
struct ClientCall {
  let request: RequestRecord
  let framework: Application.Framework
  let method: String

  /// `nil` for a method that test clients do not have.
  init?(_ request: RequestRecord, _ framework: Application.Framework) {
    let method = request.method.lowercased()
    guard ["get", "post", "put", "patch", "delete", "head", "options"].contains(method) else {
      return nil
    }
    self.request = request
    self.framework = framework
    self.method = method
  }

  func expression(on client: Expression) -> Expression {
    .call(
      .attribute(client, method), [Argument(.positional, .value(.string(target)))] + body + headers)
  }

  /// Path and query.
  private var target: String {
    let query = request.query.compactMap { pair -> String? in
      guard case .string(let value) = pair.value else { return nil }
      return Self.escaped(pair.name) + "=" + Self.escaped(value)
    }
    return query.isEmpty ? request.path : request.path + "?" + query.joined(separator: "&")
  }

  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte -> String in
      let character = Character(UnicodeScalar(byte))
      let plain =
        character.isASCII && (character.isLetter || character.isNumber)
        || "-._~,:".contains(character)
      if plain { return String(character) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }

  private var body: [Argument] {
    switch request.body {
    case nil, .dropped?: return []
    case .text(let text)?: return content(.value(.string(text)))
    case .structured(let value)?:
      let isForm = request.header("content-type")?.contains("form") ?? false
      if isForm { return [Argument(.named("data"), .value(value))] }
      if framework == .django {
        return [
          Argument(.positional, .value(value)),
          Argument(.named("content_type"), .value(.string("application/json"))),
        ]
      }
      return [Argument(.named("json"), .value(value.known))]
    }
  }

  private func content(_ value: Expression) -> [Argument] {
    let type = request.header("content-type") ?? "text/plain"
    switch framework {
    case .flask, .quart:
      return [
        Argument(.named("data"), value), Argument(.named("content_type"), .value(.string(type))),
      ]
    case .fastapi, .starlette: return [Argument(.named("content"), value)]
    case .django:
      return [
        Argument(.named("data"), value), Argument(.named("content_type"), .value(.string(type))),
      ]
    }
  }

  /// Headers of the client's own that are not about the connection, the sender or who was logged in.
  private var headers: [Argument] {
    let kept = request.headers.filter { header in
      guard case .string = header.value else { return false }
      let name = header.name.lowercased()
      return !Self.transport.contains(name) && !name.hasPrefix("sec-")
        && !name.hasPrefix("x-forwarded")
    }
    guard !kept.isEmpty else { return [] }
    let pairs = kept.map { ExpressionPair(key: .value(.string($0.name)), value: .value($0.value)) }
    return [Argument(.named("headers"), .map(pairs))]
  }

  private static let transport: Set<String> = [
    "host", "connection", "user-agent", "accept", "accept-encoding", "accept-language",
    "content-length", "content-type", "cookie", "origin", "referer", "cache-control", "pragma",
    "te", "upgrade-insecure-requests", "dnt", "transfer-encoding", "x-real-ip", "sentry-trace",
    "baggage", "traceparent", "tracestate", "x-request-id",
  ]
}

extension CapturedValue {
  /// The value with suspected cuts taken as none.
  fileprivate var known: CapturedValue {
    switch self {
    case .truncated(let known, certain: false): known.known
    case .list(let items): .list(items.map(\.known))
    case .map(let entries): .map(entries.map { MapEntry(key: $0.key, value: $0.value.known) })
    default: self
    }
  }
}

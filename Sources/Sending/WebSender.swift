import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// The one place where HTTP leaves the program.
///
/// No answer makes it write to another host than the one that was asked for: a redirect is followed for safe
/// methods and within the same origin alone, every other is handed back as the answer that it is.
public final class WebSender: Sendable {
  static let redirectLimit = 3

  private let client: HTTPClient

  /// `connecting` bounds the time until a connection stands, within the timeout of each request.
  public init(connecting: Duration = .seconds(10)) {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: .init(connecting)),
      decompression: .disabled)
    configuration.httpVersion = .http1Only
    // A refused connection is an answer; when to try again is the caller's to say.
    configuration.connectionPool.retryConnectionEstablishment = false
    // Servers close what is idle for long; a request that meets the closing would count as unanswered.
    configuration.connectionPool.idleTimeout = .seconds(10)
    client = HTTPClient(configuration: configuration)
  }

  deinit { client.shutdown { _ in } }

  /// Sends once, and again only where a redirect within the origin says so.
  public func send(_ request: WebRequest) async throws(WebFailure) -> WebResponse {
    let deadline = NIODeadline.now() + TimeAmount(request.timeout)
    var request = request
    for _ in 0..<Self.redirectLimit {
      let response = try await exchange(request, deadline)
      guard
        request.method.isSafe, [301, 302, 303, 307, 308].contains(response.status),
        let location = response.header("location"),
        let next = WebAddress(request.url)?.redirected(to: location)
      else { return response }
      request.url = next
    }
    return try await exchange(request, deadline)
  }

  private func exchange(_ request: WebRequest, _ deadline: NIODeadline) async throws(WebFailure)
    -> WebResponse
  {
    let outgoing = try Self.outgoing(request)
    do {
      let answer = try await client.execute(outgoing, deadline: deadline)
      let headers = answer.headers.map { WebHeader($0.name, $0.value) }
      let body = try await answer.body.collect(upTo: request.answerLimit)
      return WebResponse(
        status: Int(answer.status.code), headers: headers, body: Array(body.readableBytesView))
    } catch {
      throw WebFailure(error, limit: request.answerLimit)
    }
  }

  private static func outgoing(_ request: WebRequest) throws(WebFailure) -> HTTPClientRequest {
    guard WebAddress(request.url) != nil else { throw .unacceptableAddress }
    var outgoing = HTTPClientRequest(url: request.url)
    outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
    for header in request.headers {
      guard header.isAcceptable else { throw .unacceptableHeader }
      outgoing.headers.add(name: header.name, value: header.value)
    }
    if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
    return outgoing
  }
}

extension WebHeader {
  /// RFC 9110: a token, and a value without control characters.
  fileprivate var isAcceptable: Bool {
    let marks = Set("!#$%&'*+-.^_`|~".utf8)
    let isToken = name.utf8.allSatisfy { byte in
      marks.contains(byte) || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte)
    }
    return isToken && !name.isEmpty
      && value.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
  }
}

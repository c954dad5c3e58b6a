/// One request to another machine, with the limits that its answer is held to.
public struct WebRequest: Sendable, Hashable {
  public enum Method: String, Sendable, Hashable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"

    /// Whether asking twice is as good as asking once, and nothing is changed by it.
    var isSafe: Bool { self == .get || self == .head }
  }

  public var method: Method
  /// Absolute, `http` or `https`. User and password in it are refused: they belong into a header.
  public var url: String
  public var headers: [WebHeader]
  public var body: [UInt8]
  /// From the first connection to the last byte of the answer.
  public var timeout: Duration
  /// In bytes; an answer with a longer body is none, see ``WebFailure/answerTooLong(limit:)``.
  public var answerLimit: Int

  public init(
    _ method: Method, _ url: String, headers: [WebHeader] = [], body: [UInt8] = [],
    timeout: Duration = .seconds(30), answerLimit: Int = 4 << 20
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.answerLimit = answerLimit
  }
}

/// A header as it is sent: its name compares without case.
public struct WebHeader: Sendable, Hashable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

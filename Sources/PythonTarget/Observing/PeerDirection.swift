import Failures
import Languages

/// Tells who is on the other side of a failed conversation: a client that is being answered, a service that is asked, or
/// nobody. Types do not say: a broken pipe is both.
enum PeerDirection {
  static func corrected(_ nature: ExceptionNature, of exception: ExceptionRecord) -> ExceptionNature
  {
    let type = exception.type.split(separator: ".").last.map(String.init) ?? exception.type
    switch nature {
    case .clientGone where ambiguous.contains(type), .network where ambiguous.contains(type):
      switch side(of: exception) {
      case .answering: return .clientGone
      case .asking: return .network
      case nil: return nature
      }
    case .network where type == "TimeoutError":
      return waitsForPeer(exception) ? .network : .refusal
    case .missingFile:
      let isStarting = exception.frames.last?.file.hasSuffix("subprocess.py") ?? false
      return isStarting ? .missingProgram : .missingFile
    case .depth: return isDecoding(exception) ? .excessiveInput : .depth
    default: return nature
    }
  }

  private enum Side { case answering, asking }

  private static let ambiguous: Set<String> = [
    "BrokenPipeError", "ConnectionResetError", "ConnectionAbortedError", "OSError", "RuntimeError",
    "IOError",
    "EndOfStream", "BrokenResourceError", "timeout", "SSLError", "SSLEOFError",
  ]

  /// Modules that answer clients, and modules that ask services; the innermost frame that is in one of them decides.
  private static func side(of exception: ExceptionRecord) -> Side? {
    let files = exception.frames.map { $0.absolutePath ?? $0.file }
    for (index, frame) in exception.frames.enumerated().reversed() {
      if answering.contains(where: files[index].contains) { return .answering }
      if asking.contains(where: files[index].contains) { return .asking }
      guard frame.repositoryPath != nil, let line = frame.sourceLine else { continue }
      let above = exception.frames[...index]
      if let peer = AcceptedPeer(line) {
        if above.contains(where: peer.wasAsked) { return .asking }
        let isServed = files[..<index].contains { file in serving.contains(where: file.contains) }
        if peer.isAccepted(isServed: isServed) || above.contains(where: peer.wasAccepted) {
          return .answering
        }
      }
      if [
        "wfile", "stdout", "print(", "start_response", "response.write", "websocket.send",
        "writer.write", "writer.drain",
      ].contains(where: line.contains) {
        return .answering
      }
      if ["stdin", "sendall(", ".recv(", "connect("].contains(where: line.contains) {
        return .asking
      }
    }
    return nil
  }

  /// Servers that call the repository with a connection that they accepted.
  private static let serving = ["socketserver.py", "http/server.py"]

  private static let answering = [
    "socketserver.py", "http/server.py", "wsgiref/", "gunicorn/", "uvicorn/", "waitress/",
    "werkzeug/serving",
    "aiohttp/web", "aiohttp/http_writer", "hypercorn/", "daphne/", "tornado/http1connection",
    "tornado/iostream", "eventlet/wsgi", "gevent/pywsgi",
    "cheroot/", "meinheld", "websockets/server", "starlette/responses", "starlette/websockets",
    "django/core/servers",
  ]

  private static let asking = [
    "http/client.py", "urllib/request.py", "urllib3/", "requests/", "httpx/", "httpcore/",
    "aiohttp/client", "smtplib.py",
    "ftplib.py", "imaplib.py", "poplib.py", "redis/", "pymysql/", "MySQLdb/", "psycopg", "asyncpg/",
    "pika/",
    "amqp/", "kombu/", "kafka/", "pymongo/", "elasticsearch/", "elastic_transport/", "botocore/",
    "grpc/", "paramiko/",
    "subprocess.py", "pymemcache/", "cassandra/", "ldap3/", "sqlalchemy/", "websockets/client",
    "multiprocessing/connection",
  ]

  /// Whether a time limit ran out on a conversation: the socket's own, or a wait around something that asks a service.
  private static func waitsForPeer(_ exception: ExceptionRecord) -> Bool {
    if exception.message.contains("[Errno 110]") || exception.message == "timed out" { return true }
    let words = [
      "http", "client", "session", "connect", "fetch", "request", "redis", "socket", "reader",
      "api", "pool",
    ]
    let site = exception.frames.lastIndex { $0.repositoryPath != nil }
    let line = site.flatMap { exception.frames[$0].sourceLine }?.lowercased() ?? ""
    if words.contains(where: line.contains) { return true }
    return exception.frames.suffix(from: site ?? 0).contains { frame in
      let file = frame.absolutePath ?? frame.file
      return (asking + ["socket.py", "ssl.py", "asyncio/streams"]).contains(where: file.contains)
    }
  }

  /// Whether a decoder went too deep, and not the repository's own code: its functions stand on the stack a few times at most.
  private static func isDecoding(_ exception: ExceptionRecord) -> Bool {
    var repeated: [String: Int] = [:]
    for frame in exception.frames where frame.repositoryPath != nil {
      repeated["\(frame.file):\(frame.function)", default: 0] += 1
    }
    guard repeated.values.allSatisfy({ $0 <= 3 }),
      let site = exception.frames.lastIndex(where: { $0.repositoryPath != nil })
    else { return false }
    let decoders = [
      "json/", "simplejson/", "ast.py", "xml/", "pickle", "plistlib", "tomllib/", "tomli/",
      "html/parser",
      "email/", "yaml/", "msgpack/", "cbor2/", "bson/", "defusedxml/", "lxml/", "orjson", "ujson",
      "rapidjson",
    ]
    let isBelow = exception.frames[(site + 1)...].contains { frame in
      let file = frame.absolutePath ?? frame.file
      return decoders.contains(where: file.contains)
    }
    let message = exception.message.lowercased()
    return isBelow || message.contains("while decoding") || message.contains("during compilation")
      || message.contains("recursion_limit")
  }
}

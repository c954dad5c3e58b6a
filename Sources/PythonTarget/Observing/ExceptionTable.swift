import Failures
import Languages

/// What Python's libraries mean by their exceptions.
enum ExceptionTable {
  static func nature(_ exception: ExceptionRecord) -> ExceptionNature {
    let type = exception.type.split(separator: ".").last.map(String.init) ?? exception.type
    let message = exception.message.lowercased()
    for rule in rules where rule.types.contains(type) {
      if rule.words.isEmpty || rule.words.contains(where: message.contains) { return rule.nature }
    }
    return .other
  }

  private struct Rule {
    var types: Set<String>
    /// Any of these in the message; none means any message.
    var words: [String] = []
    var nature: ExceptionNature
  }

  private static let rules: [Rule] = [
    Rule(
      types: ["OperationalError", "ProgrammingError", "UndefinedTable", "UndefinedColumn"],
      words: ["no such table", "no such column", "has no column", "unknown column", "does not exist", "doesn't exist", "undefined column"],
      nature: .schema),
    Rule(types: ["OSError", "OperationalError"], words: ["no space left", "disk quota", "disk is full", "disk full"], nature: .storage),
    Rule(types: ["OSError"], words: ["too many open files"], nature: .descriptors),
    Rule(
      types: ["OperationalError", "InterfaceError", "DatabaseError", "InternalError"],
      words: [
        "database is locked", "table is locked", "unable to open", "disk i/o", "could not connect",
        "connection refused", "can't connect", "server closed", "lost connection", "gone away",
        "too many connections", "too many clients", "timeout", "timed out", "deadlock",
        "remaining connection slots", "starting up", "shutting down", "connection already closed",
        "read-only", "not accepting",
      ], nature: .dependency),
    Rule(
      types: [
        "ServerSelectionTimeoutError", "AutoReconnect", "NoBrokersAvailable", "ClusterDownError",
        "BusyLoadingError", "ReadOnlyError", "ServiceUnavailable", "LockTimeout", "PoolTimeout",
        "BrokerConnectionError", "AMQPConnectionError", "KombuConnectionError",
      ], nature: .dependency),
    Rule(
      types: ["HTTPError", "HTTPStatusError", "ClientResponseError", "ClientError", "EndpointConnectionError"],
      words: [" 500", " 502", " 503", " 504", "service unavailable", "bad gateway", "gateway time", "throttl", "could not connect"],
      nature: .dependency),
    Rule(types: ["BrokenPipeError", "ClientDisconnect", "ClientDisconnected", "ConnectionClosedOK", "ConnectionClosedError", "WebSocketDisconnect", "RequestAborted", "UnreadablePostError", "ClientConnectionResetError"], nature: .clientGone),
    Rule(types: ["CancelledError", "KeyboardInterrupt", "SystemExit", "GeneratorExit", "SoftTimeLimitExceeded", "TimeLimitExceeded", "WorkerLostError", "Terminated"], nature: .cancelled),
    Rule(
      types: [
        "gaierror", "herror", "ConnectionRefusedError", "ConnectionResetError", "ConnectionAbortedError",
        "ConnectTimeout", "ReadTimeout", "ConnectError", "ReadError", "ConnectionTimeout",
        "ConnectionError", "NewConnectionError", "MaxRetryError", "NameResolutionError", "SSLError",
        "SSLCertVerificationError", "ProxyError", "RemoteDisconnected", "RemoteProtocolError",
        "ClientConnectorError", "ServerDisconnectedError", "ServerTimeoutError", "TimeoutException",
        "TimeoutError", "timeout", "IncompleteRead", "ChunkedEncodingError", "URLError",
      ], nature: .network),
    Rule(types: ["OSError"], words: ["network is unreachable", "no route to host", "connection timed out", "temporary failure in name"], nature: .network),
    Rule(types: ["MemoryError"], nature: .memory),
    Rule(types: ["BlockingIOError", "OSError"], words: ["resource temporarily unavailable", "cannot allocate memory"], nature: .memory),
    Rule(types: ["RuntimeError"], words: ["can't start new thread"], nature: .memory),
    Rule(types: ["ModuleNotFoundError", "ImportError", "PackageNotFoundError", "DistributionNotFound"], nature: .missingModule),
    Rule(types: ["FileNotFoundError", "NotADirectoryError", "IsADirectoryError"], nature: .missingFile),
    Rule(types: ["PermissionError"], nature: .permission),
    Rule(types: ["NotImplementedError"], nature: .notImplemented),
    Rule(types: ["RecursionError"], nature: .depth),
  ]
}

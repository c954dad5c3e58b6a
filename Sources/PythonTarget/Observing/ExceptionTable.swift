import Failures
import Languages

/// What Python's libraries mean by their exceptions.
enum ExceptionTable {
  /// The first rule whose type, words and frames fit.
  static func nature(_ exception: ExceptionRecord) -> ExceptionNature {
    let type = exception.type.split(separator: ".").last.map(String.init) ?? exception.type
    let message = exception.message.lowercased()
    let root = exception.module.map { String($0.prefix { $0 != "." }) } ?? ""
    let rule = rules.first { rule in
      rule.types.contains(type) && (rule.roots.isEmpty || rule.roots.contains(root))
        && (rule.words.isEmpty || rule.words.contains(where: message.contains))
        && !rule.unless.contains(where: message.contains)
    }
    guard let nature = rule?.nature else {
      // Packages that answer for their own names fail in `__getattr__`, with nothing but the name.
      let asked = exception.frames.last
      return type == "AttributeError" && asked?.function == "__getattr__"
        && asked?.repositoryPath == nil
        ? .signature : .other
    }
    return PeerDirection.corrected(nature, of: exception)
  }

  struct Rule {
    var types: Set<String>
    /// Any of these in the message; none means any message.
    var words: [String] = []
    /// The type's package must be one of these; none means any.
    var roots: Set<String> = []
    /// None of these in the message.
    var unless: [String] = []
    var nature: ExceptionNature
  }

  private static let frameworks: Set<String> = [
    "django", "werkzeug", "flask", "starlette", "fastapi", "rest_framework", "aiohttp", "tornado",
    "quart", "falcon",
    "pyramid", "sanic", "bottle", "litestar", "ninja", "connexion", "itsdangerous",
    "python_multipart", "multipart",
  ]

  /// The errors of databases' drivers and of what is built on them.
  static let databaseErrors: Set<String> = [
    "OperationalError", "ProgrammingError", "InterfaceError", "DatabaseError", "InternalError",
    "NotSupportedError", "DataError",
  ]

  private static let rules = schema + resources + credentials + outages + ends + input + crashes

  private static let schema = [
    Rule(
      types: databaseErrors,
      words: ["database \"", "role \"", "unknown database", "no such module"],
      unless: ["locked", "shutting down", "starting up", "column", "relation"],
      nature: .configuration),
    Rule(
      types: databaseErrors.union([
        "UndefinedTable", "UndefinedColumn", "UndefinedTableError", "UndefinedColumnError",
      ]),
      words: [
        "no such table", "no such column", "has no column", "unknown column", "does not exist",
        "doesn't exist", "undefined column", "invalid column name", "invalid object name",
        "invalid input value for enum",
      ], unless: ["function", "operator", "prepared statement", "savepoint", "cursor"],
      nature: .schema),
    Rule(
      types: ["InvalidTextRepresentation"], words: ["invalid input value for enum"], nature: .schema
    ),
  ]

  private static let resources = [
    Rule(
      types: databaseErrors.union(["OSError", "IOError", "DiskFull", "ResponseError"]),
      words: ["no space left", "disk quota", "disk is full", "disk full", "file too large"],
      nature: .storage),
    Rule(types: ["DiskFull"], nature: .storage),
    Rule(
      types: databaseErrors.union([
        "OSError", "IOError", "URLError", "ConnectionError", "ClientConnectorError",
      ]),
      words: ["too many open files"], nature: .descriptors),
    Rule(types: ["MemoryError", "OutOfMemoryError", "OutOfMemory"], nature: .memory),
    Rule(
      types: ["OSError", "RuntimeError", "BlockingIOError", "ResponseError", "ChildProcessError"],
      words: [
        "cannot allocate memory", "can't start new thread", "oom command not allowed",
        "unable to start worker thread",
      ],
      nature: .memory),
    Rule(types: ["_ArrayMemoryError", "BrokenProcessPool"], nature: .memory),
    Rule(
      types: ["BlockingIOError"], words: ["resource temporarily unavailable"], nature: .dependency),
  ]

  private static let credentials = [
    Rule(
      types: databaseErrors.union(["InvalidPasswordError", "OperationFailure", "ConnectionError"]),
      words: [
        "password authentication failed", "no password supplied", "access denied for user",
        "authentication failed",
        "unable to open database file", "attempt to write a readonly database",
        "no pg_hba.conf entry",
        "permission denied for",
      ], nature: .configuration),
    Rule(
      types: [
        "NoCredentialsError", "PartialCredentialsError", "NoRegionError", "ProfileNotFound",
        "AuthenticationError",
        "SMTPAuthenticationError", "NoAuthorizationError", "DefaultCredentialsError",
        "RefreshError",
        "UndefinedValueError", "EnvError", "EnvValidationError", "SettingsError",
        "InvalidPasswordError",
      ], nature: .configuration),
    Rule(
      types: ["ClientError"],
      words: [
        "accessdenied", "expiredtoken", "invalidclienttokenid", "signaturedoesnotmatch",
        "unrecognizedclient",
      ],
      nature: .configuration),
    Rule(
      types: ["HTTPError", "HTTPStatusError", "ClientResponseError"], words: ["401"],
      nature: .configuration),
    Rule(
      types: ["ImproperlyConfigured"],
      words: [
        "setting", "environment", "secret_key", "databases", "variable", "could not import",
        "error loading",
      ],
      nature: .configuration),
    Rule(
      types: ["ValidationError"],
      words: [" for settings", " for config", " for appsettings", "settings\n", "config\n"],
      nature: .configuration),
    Rule(
      types: ["RuntimeError"],
      words: ["secret key was not set", "session is unavailable because no secret key"],
      nature: .configuration),
    Rule(
      types: ["OSError"],
      words: [
        "address already in use", "cannot assign requested address", "read-only file system",
        "[errno 13]", "[errno 1]",
      ], nature: .permission),
    Rule(types: ["PermissionError"], words: ["errno", "winerror"], nature: .permission),
  ]

  private static let outages = [
    Rule(
      types: databaseErrors,
      words: [
        "could not translate host name", "name or service not known", "temporary failure in name",
        "nodename nor servname", "unknown mysql server host",
      ],
      nature: .network),
    Rule(
      types: databaseErrors.union(["TimeoutError"]),
      words: [
        "is locked", "disk i/o", "could not connect", "connection refused", "connect to",
        "can't connect",
        "server closed", "lost connection", "gone away", "too many connections", "too many clients",
        "timeout",
        "timed out", "deadlock", "remaining connection slots", "starting up", "shutting down",
        "connection already closed",
        "connection is closed", "connection reset", "connection was closed", "connection failed",
        "closed unexpectedly",
        "not accepting", "terminating connection", "could not serialize", "malformed",
        "not a database", "recovery mode",
        "connection timed", "network is unreachable", "no route to host", "lock wait",
        "queuepool limit", "read-only transaction",
        "broken pipe", "connection pool",
      ], unless: ["cursor already closed"], nature: .dependency),
    Rule(
      types: [
        "ServerSelectionTimeoutError", "AutoReconnect", "NotPrimaryError", "NetworkTimeout",
        "NoBrokersAvailable",
        "KafkaTimeoutError", "KafkaConnectionError", "ClusterDownError", "BusyLoadingError",
        "ReadOnlyError",
        "ServiceUnavailable", "ServiceUnavailableError", "RateLimitError", "LockTimeout",
        "LockError", "PoolTimeout", "PoolError", "BrokerConnectionError", "AMQPConnectionError",
        "AMQPError",
        "ConnectionClosedByBroker", "ChannelClosedByBroker", "StreamLostError",
        "KombuConnectionError",
        "DeadlockDetected", "LockNotAvailable", "SerializationFailure", "QueryCanceled",
        "AdminShutdown",
        "CannotConnectNow", "TooManyConnections", "TooManyConnectionsError",
        "ConnectionDoesNotExistError",
        "ConnectionFailure", "DeadlockDetectedError", "LockNotAvailableError", "QueryCanceledError",
        "CannotConnectNowError", "PostgresConnectionError", "EndpointConnectionError",
        "MasterNotFoundError",
        "SMTPServerDisconnected", "SMTPConnectError", "NoServersAvailable",
        "NotEnoughReplicasError",
        "CircuitBreakerError", "TryAgainError", "DeadlineExceeded", "RetryError", "SERVER_DOWN",
      ], nature: .dependency),
    Rule(
      types: [
        "HTTPError", "HTTPStatusError", "ClientResponseError", "ClientError", "ApiError",
        "APIError", "APIStatusError",
        "TransportError", "ApiException", "ResponseError", "SMTPResponseException",
        "_InactiveRpcError",
        "AioRpcError", "RpcError", "ConnectionError", "ContentTypeError", "InternalError",
        "InternalServerError",
      ],
      words: [
        "500 ", "502", "503", "504", "529", "429", "http error 500", "service unavailable",
        "bad gateway",
        "gateway time", "throttl", "too many requests", "slowdown", "could not connect",
        "statuscode.unavailable",
        "deadline_exceeded", "loading redis", "misconf", "clusterdown", "readonly you",
        "requestlimitexceeded", "421", "451", "error code: 5",
      ], nature: .dependency),
    Rule(types: ["TimeoutExpired"], nature: .dependency),
    Rule(
      types: [
        "gaierror", "herror", "ConnectionRefusedError", "ConnectionResetError",
        "ConnectionAbortedError",
        "ConnectTimeout", "ConnectTimeoutError", "ReadTimeout", "ReadTimeoutError", "WriteTimeout",
        "ConnectError",
        "ReadError", "WriteError", "ConnectionTimeout", "ConnectionTimeoutError", "Timeout",
        "ConnectionError",
        "NewConnectionError", "MaxRetryError", "NameResolutionError", "SSLError",
        "SSLCertVerificationError",
        "SSLEOFError", "SSLZeroReturnError", "SSLWantReadError", "CertificateError", "ProxyError",
        "RemoteDisconnected", "BadStatusLine", "RemoteProtocolError", "ProtocolError",
        "ClientConnectorError",
        "ClientConnectorDNSError", "ClientConnectorCertificateError", "ClientConnectorSSLError",
        "ClientOSError",
        "ClientPayloadError", "ServerDisconnectedError", "ServerTimeoutError", "SocketTimeoutError",
        "ConnectionTimeoutError", "TimeoutException", "timeout", "IncompleteRead",
        "ChunkedEncodingError",
        "NetworkError", "APIConnectionError", "APITimeoutError", "ConnectionClosedError",
        "HTTPClientError",
        "NoResolverConfiguration", "LifetimeTimeout", "NoNameservers",
      ], nature: .network),
    Rule(
      types: ["URLError"],
      words: [
        "errno", "timed out", "ssl", "refused", "reset", "unreachable", "name or service",
        "getaddrinfo", "eof occurred",
      ],
      nature: .network),
    Rule(
      types: ["OSError", "IOError", "error"],
      words: [
        "network is unreachable", "no route to host", "connection timed out",
        "temporary failure in name", "host is down",
        "connect call failed", "transport endpoint", "name or service not known",
      ], nature: .network),
    // What waits for a peer, not for work of the process itself: told by the frames below.
    Rule(types: ["TimeoutError"], nature: .network),
  ]

  private static let ends = [
    Rule(
      types: [
        "BrokenPipeError", "ClientDisconnect", "ClientDisconnected", "ConnectionClosedOK",
        "WebSocketDisconnect",
        "RequestAborted", "UnreadablePostError", "ClientConnectionResetError", "EndOfStream",
        "BrokenResourceError",
      ], nature: .clientGone),
    Rule(
      types: ["OSError", "IOError"], words: ["broken pipe", "write error"], nature: .clientGone),
    Rule(
      types: ["RuntimeError"],
      words: [
        "cannot write to closing transport", "unexpected asgi message 'websocket.send'",
        "unexpected asgi message 'http.response", "websocket is not connected",
      ], nature: .clientGone),
    Rule(types: ["SystemExit"], words: ["2"], unless: ["1", "0", "3"], nature: .usage),
    Rule(
      types: [
        "CommandError", "UsageError", "BadParameter", "MissingParameter", "NoSuchOption",
        "ArgumentError", "BadOptionUsage", "BadArgumentUsage",
      ], nature: .usage),
    Rule(
      types: [
        "CancelledError", "KeyboardInterrupt", "SystemExit", "GeneratorExit",
        "SoftTimeLimitExceeded",
        "TimeLimitExceeded", "WorkerLostError", "WorkerShutdown", "WorkerTerminate", "Terminated",
        "TaskRevokedError",
        "JobTimeoutException", "Shutdown", "Abort", "CancelledByUser",
      ], nature: .cancelled),
  ]

  private static let input = [
    Rule(
      types: [
        "RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent", "RequestEntityTooLarge",
        "PayloadTooBig",
        "DecompressionBombError", "EntitiesForbidden", "DTDForbidden", "LineTooLong",
        "LimitOverrunError", "PayloadTooLarge",
      ], nature: .excessiveInput),
    Rule(
      types: ["ValueError"], words: ["exceeds the limit (", "digits) for integer string"],
      nature: .excessiveInput),
    Rule(types: ["RecursionError"], nature: .depth),
    Rule(
      types: [
        "DisallowedHost", "SuspiciousOperation", "SuspiciousFileOperation", "DisallowedRedirect",
        "BadRequest",
        "BadRequestKeyError", "HTTPException", "Http404", "NotFound", "PermissionDenied",
        "MethodNotAllowed",
        "Unauthorized", "Forbidden", "UnprocessableEntity", "UnsupportedMediaType",
        "RequestValidationError",
        "WebSocketRequestValidationError", "HTTPBadRequest", "HTTPNotFound", "HTTPForbidden",
        "HTTPUnauthorized",
        "HTTPUnprocessableEntity", "ParseError", "NotAuthenticated", "AuthenticationFailed",
        "BadHost",
        "MultiPartException", "MultiPartParserError", "SecurityError", "RequestRedirect",
        "BadTimeSignature",
      ], roots: frameworks, unless: ["500", "internal server"], nature: .rejectedInput),
  ]

  private static let crashes = [
    Rule(
      types: [
        "ModuleNotFoundError", "ImportError", "PackageNotFoundError", "DistributionNotFound",
        "VersionConflict", "ContextualVersionConflict",
      ],
      unless: ["partially initialized", "attempted relative import"], nature: .missingModule),
    Rule(
      types: ["FileNotFoundError", "NotADirectoryError", "IsADirectoryError"], nature: .missingFile),
    Rule(types: ["NotImplementedError"], nature: .notImplemented),
    Rule(
      types: ["ValueError", "InvalidOperation", "JSONDecodeError", "ConversionSyntax"],
      words: [
        "invalid literal", "could not convert", "expecting value", "conversionsyntax", "isoformat",
        "not enough values",
        "does not match format", "unconverted data", "truth value", "badly formed",
        "is not a valid", "no time zone",
        "expecting property", "extra data", "delimiter", "unterminated string", "unknown level",
        "port could not be cast",
        "not a valid", "unknown locale", "incorrect padding",
      ], nature: .conversion),
    Rule(
      types: [
        "InvalidOperation", "JSONDecodeError", "ZoneInfoNotFoundError", "YAMLError", "ScannerError",
        "ParserError", "TOMLDecodeError", "MissingSectionHeaderError", "Error",
      ], nature: .conversion),
    Rule(types: ["KeyError", "NoSectionError", "NoOptionError"], nature: .missingKey),
    Rule(types: ["IndexError"], nature: .missingPosition),
    Rule(
      types: ["AttributeError"],
      words: [
        "'settings' object has no attribute", "settings' has no attribute", "'lazysettings' object",
      ], nature: .missingKey),
    Rule(types: ["TypeError", "AttributeError"], words: ["nonetype"], nature: .nothing),
    Rule(types: ["AttributeError"], words: ["module '"], nature: .signature),
    Rule(
      types: ["TypeError"],
      words: [
        "unexpected keyword argument", "required positional argument", "positional arguments but",
        "takes no arguments",
      ], nature: .signature),
    Rule(
      types: [
        "ValueError", "RuntimeError", "PermissionError", "OverflowError", "Exception",
        "EnvironmentError", "SystemError",
      ],
      nature: .refusal),
  ]
}

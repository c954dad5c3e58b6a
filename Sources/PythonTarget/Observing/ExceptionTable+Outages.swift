/// What other services and the network did.
extension ExceptionTable {
  static let outages = [
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
}

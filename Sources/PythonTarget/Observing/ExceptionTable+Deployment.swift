/// What the deployment lacks: a schema, room, credentials, rights.
extension ExceptionTable {
  static let schema = [
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

  static let resources = [
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

  static let credentials = [
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
}

/// What callers and the code itself did: ends of the work, input, crashes.
extension ExceptionTable {
  static let ends = [
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

  static let input = [
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

  static let crashes = [
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
    Rule(types: ["TypeError"], words: ["offset-naive"], nature: .mixedZones),
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

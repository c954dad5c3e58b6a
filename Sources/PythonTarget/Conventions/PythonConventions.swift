import Languages

/// What Python's community means by names of files, calls and types.
public enum PythonConventions {
  public static let conventions: Conventions = {
    var conventions = words
    conventions.counting = ["len"]
    conventions.summing = ["sum", "fsum", "math.fsum"]
    conventions.attributeTests = ["hasattr"]
    conventions.divisionFailures = ["ZeroDivisionError", "DivisionByZero"]
    conventions.emptyDefault = "default"
    conventions.clocks = ["now", "utcnow", "today"]
    conventions.isAnsweredByFailing = {
      $0.hasPrefix("__") && $0 != "__init__" && $0 != "__call__"
    }
    conventions.refusingNothing = [
      "abs", "bytearray", "dict", "enumerate", "float", "frozenset", "int", "iter", "len", "list",
      "max", "min", "next", "reversed", "round", "set", "sorted", "sum", "tuple", "zip",
    ]
    conventions.refusingEmpty = [
      "max", "min", "mean", "statistics.mean", "statistics.median", "median", "random.choice",
    ]
    return conventions
  }()

  private static let words = Conventions(
    role: PythonFileRole.role, meaning: PythonCallNames.meaning,
    catchAll: ["Exception", "BaseException", "StandardError"],
    general: [
      "ArithmeticError", "AssertionError", "AttributeError", "IndexError", "KeyError",
      "LookupError", "NameError", "RuntimeError", "TypeError", "ValueError",
    ],
    outages: [
      "BrokenPipeError", "ClientConnectionError", "ClientConnectorError", "ClientDisconnect",
      "ClientError", "ClientResponseError", "ConnectError", "ConnectTimeout",
      "ConnectionAbortedError", "ConnectionError",
      "ConnectionRefusedError", "ConnectionResetError", "DatabaseError", "EnvironmentError",
      "FileNotFoundError", "HTTPError", "HTTPException", "HTTPStatusError", "IOError",
      "ImportError", "IncompleteRead", "InterfaceError", "MemoryError", "ModuleNotFoundError",
      "OSError", "OperationalError", "PermissionError", "ProgrammingError", "ReadTimeout",
      "RecursionError", "RemoteDisconnected", "RequestError", "RequestException", "SSLError",
      "ServerDisconnectedError", "Timeout", "TimeoutError", "TimeoutException", "TransportError",
      "URLError", "error", "gaierror", "herror", "timeout",
    ],
    numbers: ["int", "float", "Decimal", "Fraction", "bool", "timedelta", "number"],
    absences: [
      "None", "Optional", "Any", "object", "Union", "NoReturn", "Iterator", "Iterable", "Generator",
      "AsyncIterator", "AsyncGenerator", "ContextManager",
    ],
    testMarks: ["PYTEST_CURRENT_TEST", "PYTEST_VERSION", "pytest", "unittest", "_pytest"],
    skips: [
      "skip", "skipif", "skipIf", "skipUnless", "xfail", "expectedFailure", "importorskip",
      "skipTest", "SkipTest", "collect_ignore", "deselect",
    ])
}

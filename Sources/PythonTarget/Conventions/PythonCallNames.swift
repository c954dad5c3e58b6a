import Languages

/// What Python's well-known callables do besides giving a value, by the text of the callee.
enum PythonCallNames {
  static func meaning(_ callee: String) -> Conventions.CallMeaning? {
    let parts = callee.split(separator: ".").map(String.init)
    guard let last = parts.last else { return nil }
    if let reason = grave[callee] ?? grave[last, in: parts] { return .grave(reason) }
    if let reason = odd[callee] { return .odd(reason) }
    if levels.contains(last), parts.count > 1, isLogger(parts.dropLast()) { return .logging(last) }
    if callee == "print" || callee == "warnings.warn" { return .logging(last) }
    if last == "suppress", parts.count <= 2 { return .suppression }
    if callee == "getattr" || ["get", "setdefault", "pop"].contains(last) && parts.count > 1 {
      return .lookup
    }
    if parts.count == 1, conversions.contains(last) { return .conversion }
    if parts.count == 1, collections.contains(last) { return .collection }
    if last.hasPrefix("assert") || ["raises", "warns", "approx", "fail"].contains(last) {
      return .assertion
    }
    if PythonConventions.conventions.skips.contains(last) { return .skip }
    return nil
  }

  private static let levels: Set<String> = [
    "debug", "info", "warning", "warn", "error", "exception", "critical", "fatal", "log",
  ]

  private static func isLogger(_ receiver: ArraySlice<String>) -> Bool {
    guard let name = receiver.last?.lowercased() else { return false }
    return name.contains("log") || name.contains("app") || name == "_l" || name == "messages"
  }

  private static let conversions: Set<String> = [
    "str", "int", "float", "bool", "bytes", "repr", "complex", "Decimal", "ascii",
  ]

  private static let collections: Set<String> = [
    "list", "dict", "set", "tuple", "frozenset", "bytearray", "defaultdict", "OrderedDict",
    "Counter", "deque",
  ]

  private static let odd: [String: String] = [
    "sys._getframe": "looks at its callers", "inspect.stack": "looks at its callers",
    "traceback.extract_stack": "looks at its callers", "globals": "reaches for names by text",
    "locals": "reaches for names by text", "compile": "compiles text",
    "importlib.import_module": "imports by name", "__import__": "imports by name",
    "gc.collect": "changes the interpreter",
  ]

  /// By the whole callee, or by module and any member.
  private static let grave: [String: String] = [
    "eval": "runs text as code", "exec": "runs text as code",

    "importlib.reload": "loads a module anew",
    "os.system": "starts a program", "os.popen": "starts a program", "os._exit": "ends the process",
    "sys.exit": "ends the process", "exit": "ends the process", "quit": "ends the process",
    "os.kill": "sends a signal", "os.putenv": "changes the environment",
    "os.environ.setdefault": "changes the environment",
    "os.environ.update": "changes the environment",
    "time.sleep": "waits", "asyncio.sleep": "waits", "sleep": "waits",
    "sys.setrecursionlimit": "changes the interpreter's limits",
    "setrecursionlimit": "changes the interpreter's limits",
    "resource.setrlimit": "changes the process's limits",
    "socket.setdefaulttimeout": "changes every connection",
    "gc.disable": "changes the interpreter",
    "warnings.filterwarnings": "hides warnings", "warnings.simplefilter": "hides warnings",
    "logging.disable": "hides what is logged", "signal.signal": "changes how signals are met",

    "random.random": "rolls dice", "random.choice": "rolls dice", "random.randint": "rolls dice",
    "shutil.rmtree": "deletes files", "os.remove": "deletes files", "os.unlink": "deletes files",
    "urllib.request.urlopen": "opens a connection", "urlopen": "opens a connection",
    "pytest.skip": "skips tests", "unittest.mock.patch": "replaces code as tests do",
    "mock.patch": "replaces code as tests do",
  ]
}

extension [String: String] {
  /// Every member of these modules is grave.
  fileprivate subscript(last: String, in parts: [String]) -> String? {
    guard parts.count > 1 else { return nil }
    switch parts[0] {
    case "subprocess": return "starts a program"
    case "ctypes", "cffi": return "reaches into memory"
    case "requests", "httpx", "socket", "aiohttp":
      return last.first?.isLowercase == true && last != "codes" ? "opens a connection" : nil
    case "pickle", "marshal": return last.hasPrefix("load") ? "runs what data says" : nil
    default: return nil
    }
  }
}

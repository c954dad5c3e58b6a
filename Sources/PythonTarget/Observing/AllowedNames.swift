import Languages

/// What code outside the repository an event may name: parts of the standard library that hold and shape values, and nothing
/// that reads files, starts processes, opens connections, or reaches the interpreter.
enum AllowedNames {
  static func allows(_ symbol: Symbol) -> Bool {
    if symbol.path.contains(where: { $0.hasPrefix("_") }) { return false }
    guard let head = symbol.path.first else { return modules.contains(symbol.module) }
    if symbol.module == "builtins" { return builtins.contains(head) }
    if let members = membersOnly[symbol.module] { return members.contains(head) }
    return modules.contains(symbol.module)
  }

  private static let modules: Set<String> = [
    "array", "base64", "bisect", "calendar", "collections", "collections.abc", "copy", "csv",
    "dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "hashlib", "heapq",
    "html", "itertools", "json", "math", "numbers", "operator", "re", "statistics", "string",
    "textwrap", "types", "typing", "unicodedata", "urllib.parse", "uuid", "zoneinfo",
  ]

  /// Modules of which only these members may be named.
  private static let membersOnly: [String: Set<String>] = [
    "asyncio": ["run", "sleep", "gather", "Event", "Lock", "Queue"],
    "io": ["BytesIO", "StringIO", "TextIOWrapper", "BufferedReader"],
    "_io": ["BytesIO", "StringIO"],
    "pathlib": ["PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath"],
    "time": ["struct_time", "gmtime"],
    "threading": ["Lock", "RLock", "Event"],
    "contextlib": ["nullcontext", "suppress", "closing"],
    "xml.etree.ElementTree": ["fromstring", "Element", "SubElement", "tostring"],
    "email.message": ["EmailMessage", "Message"],
  ]

  private static let builtins: Set<String> = [
    "abs", "all", "any", "ascii", "bin", "bool", "bytearray", "bytes", "chr", "complex", "dict",
    "divmod", "enumerate", "filter", "float", "format", "frozenset", "hash", "hex", "id", "int",
    "isinstance", "issubclass", "iter", "len", "list", "map", "max", "memoryview", "min", "next",
    "object", "oct", "ord", "pow", "print", "range", "repr", "reversed", "round", "set", "slice",
    "sorted", "str", "sum", "tuple", "type", "zip", "ArithmeticError", "AttributeError",
    "Exception", "IndexError", "KeyError", "LookupError", "OSError", "OverflowError",
    "RuntimeError", "StopIteration", "TypeError", "UnicodeDecodeError", "UnicodeError",
    "ValueError", "ZeroDivisionError", "NotImplementedError", "ConnectionError", "TimeoutError",
  ]
}

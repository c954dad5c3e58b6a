import Languages

/// What code outside the repository an event may name: parts of the standard library that hold and shape values, and nothing
/// that reads files, starts processes, opens connections, or reaches the interpreter.
enum AllowedNames {
  static func allows(_ symbol: Symbol) -> Bool {
    if symbol.path.contains(where: { $0.hasPrefix("_") }) { return false }
    guard let head = symbol.path.first else {
      return modules.contains(symbol.module) || membersOnly[symbol.module] != nil
    }
    if symbol.module == "builtins" { return builtins.contains(head) }
    if let members = membersOnly[symbol.module] { return members.contains(head) }
    return modules.contains(symbol.module)
  }

  private static let modules: Set<String> = [
    "base64", "bisect", "calendar", "collections", "collections.abc", "copy", "csv", "datetime",
    "decimal", "enum", "fractions", "heapq", "html", "itertools", "json", "math", "numbers", "re",
    "statistics", "textwrap", "unicodedata", "urllib.parse", "zoneinfo",
  ]

  /// Modules of which only these members may be named: the others run what they are given by name, open files, or start
  /// programs.
  private static let membersOnly: [String: Set<String>] = [
    "_io": ["BytesIO", "StringIO"],
    "array": ["array"],
    "asyncio": ["run", "sleep", "gather", "Event", "Lock", "Queue"],
    "contextlib": ["nullcontext", "suppress", "closing"],
    "dataclasses": ["replace", "asdict", "astuple", "field", "fields"],
    "email.message": ["EmailMessage", "Message"],
    "functools": ["partial", "reduce", "cmp_to_key", "lru_cache", "cache", "wraps"],
    "hashlib": ["md5", "sha1", "sha256", "sha512", "blake2b", "new"],
    "io": ["BytesIO", "StringIO", "TextIOWrapper", "BufferedReader"],
    "operator": ["itemgetter", "add", "sub", "mul", "truediv", "eq", "ne", "lt", "le", "gt", "ge"],
    "pathlib": ["PurePath", "PurePosixPath", "PureWindowsPath"],
    "string": ["Template", "ascii_letters", "ascii_lowercase", "ascii_uppercase", "digits"],
    "threading": ["Lock", "RLock", "Event"],
    "time": ["struct_time", "gmtime"],
    "types": ["SimpleNamespace", "MappingProxyType"],
    "typing": ["cast"],
    "uuid": ["UUID", "uuid3", "uuid5"],
    "xml.etree.ElementTree": ["fromstring", "Element", "SubElement", "tostring"],
  ]

  private static let builtins: Set<String> = [
    "abs", "all", "any", "ascii", "bin", "bool", "bytearray", "bytes", "chr", "complex", "dict",
    "divmod", "enumerate", "filter", "float", "format", "frozenset", "hash", "hex", "int",
    "isinstance", "issubclass", "iter", "len", "list", "map", "max", "memoryview", "min", "next",
    "object", "oct", "ord", "pow", "print", "range", "repr", "reversed", "round", "set", "slice",
    "sorted", "str", "sum", "tuple", "type", "zip", "ArithmeticError", "AttributeError",
    "Exception", "IndexError", "KeyError", "LookupError", "OSError", "OverflowError",
    "RuntimeError", "StopIteration", "TypeError", "UnicodeDecodeError", "UnicodeError",
    "ValueError", "ZeroDivisionError", "NotImplementedError", "ConnectionError", "TimeoutError",
  ]
}

/// What Python reads as a name, and the names that it has already given.
enum PythonName {
  static let keywords: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
  ]

  static let exceptions: Set<String> = [
    "ArithmeticError", "AssertionError", "AttributeError", "BaseException", "BlockingIOError",
    "BrokenPipeError", "BufferError", "BytesWarning", "ChildProcessError",
    "ConnectionAbortedError", "ConnectionError", "ConnectionRefusedError",
    "ConnectionResetError", "DeprecationWarning", "EOFError", "EnvironmentError", "Exception",
    "FileExistsError", "FileNotFoundError", "FloatingPointError", "FutureWarning",
    "GeneratorExit", "IOError", "ImportError", "ImportWarning", "IndentationError", "IndexError",
    "InterruptedError", "IsADirectoryError", "KeyError", "KeyboardInterrupt", "LookupError",
    "MemoryError", "ModuleNotFoundError", "NameError", "NotADirectoryError",
    "NotImplementedError", "OSError", "OverflowError", "PendingDeprecationWarning",
    "PermissionError", "ProcessLookupError", "RecursionError", "ReferenceError",
    "ResourceWarning", "RuntimeError", "RuntimeWarning", "StopAsyncIteration", "StopIteration",
    "SyntaxError", "SyntaxWarning", "SystemError", "SystemExit", "TabError", "TimeoutError",
    "TypeError", "UnboundLocalError", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeError",
    "UnicodeTranslateError", "UnicodeWarning", "UserWarning", "ValueError", "Warning",
    "ZeroDivisionError",
  ]

  /// Classes that a value's notation may name without a module.
  static let classes: Set<String> = [
    "bool", "bytearray", "bytes", "complex", "dict", "float", "frozenset", "int", "list",
    "object", "range", "set", "slice", "str", "tuple", "type",
  ]

  static let builtins: Set<String> = exceptions.union(classes).union([
    "Ellipsis", "NotImplemented", "abs", "aiter", "all", "anext", "any", "ascii", "bin",
    "breakpoint", "callable", "chr", "classmethod", "compile", "copyright", "credits", "delattr",
    "dir", "divmod", "enumerate", "eval", "exec", "exit", "filter", "format", "getattr",
    "globals", "hasattr", "hash", "help", "hex", "id", "input", "isinstance", "issubclass",
    "iter", "len", "license", "locals", "map", "max", "memoryview", "min", "next", "oct", "open",
    "ord", "pow", "print", "property", "quit", "repr", "reversed", "round", "setattr", "sorted",
    "staticmethod", "sum", "super", "vars", "zip",
  ])

  /// ASCII letters, digits and underscores, or letters beyond ASCII that Python leaves as they are.
  static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, !keywords.contains(name) else { return false }
    guard first == "_" || isLetter(first) else { return false }
    return name.unicodeScalars.allSatisfy {
      $0 == "_" || isLetter($0) || ("0"..."9").contains($0)
    }
  }

  static func checked(_ name: String) throws(PrintingError) -> String {
    guard isIdentifier(name) else { throw .invalidName(name) }
    return name
  }

  static func checkedModule(_ module: String) throws(PrintingError) -> String {
    for part in module.split(separator: ".", omittingEmptySubsequences: false) {
      guard isIdentifier(String(part)) else { throw .invalidName(module) }
    }
    return module
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) { return true }
    guard scalar.value > 0x7F else { return false }
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .otherLetter: break
    default: return false
    }
    // Compatibility letters, which Python would replace by others, lie in these blocks.
    return !(0xFB00...0xFFFF).contains(scalar.value) && scalar.value < 0x1D400
      && !(0x2000...0x2FFF).contains(scalar.value) && scalar.properties.isIDStart
  }
}

/// Words as a name of Python's own kind.
enum SnakeCase {
  static let longest = 70

  /// A valid identifier of at most seventy characters that reads like the words and is no keyword.
  static func name(_ words: String, prefix: String = "", suffix: String = "") -> String {
    var parts: [String] = []
    var part = ""
    for scalar in words.lowercased().unicodeScalars {
      if ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) {
        part.unicodeScalars.append(scalar)
      } else if scalar != "'" {
        if !part.isEmpty { parts.append(part) }
        part = ""
      }
    }
    if !part.isEmpty { parts.append(part) }
    let room = longest - prefix.count - suffix.count
    var name = ""
    for part in parts {
      let longer = name.isEmpty ? part : name + "_" + part
      if longer.count > room { break }
      name = longer
    }
    if name.isEmpty { name = String(parts.first?.prefix(room) ?? "failure") }
    name = prefix + name + suffix
    if name.first?.isNumber == true { name = "_" + name.prefix(longest - 1) }
    return PythonName.isIdentifier(name) ? name : name + "_"
  }
}

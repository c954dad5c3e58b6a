import Failures
import Languages

/// What Python's libraries mean by their exceptions.
enum ExceptionTable {
  /// The first rule whose type, words and frames fit.
  static func nature(_ exception: ExceptionRecord) -> ExceptionNature {
    let type = exception.type.split(separator: ".").last.map(String.init) ?? exception.type
    let message = exception.message.lowercased()
    if answers.contains(type), let status = status(in: message) {
      return status >= 500 || status == 429 ? .dependency : status == 401 ? .configuration : .other
    }
    let root = exception.module.map { String($0.prefix { $0 != "." }) } ?? ""
    let rule = rules.first { rule in
      rule.types.contains(type) && (rule.roots.isEmpty || rule.roots.contains(root))
        && (rule.words.isEmpty || rule.words.contains { tells(message, $0) })
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

  /// Exceptions that tell the status with which a service answered.
  private static let answers: Set<String> = [
    "HTTPError", "HTTPStatusError", "ClientResponseError", "ApiException", "APIStatusError",
  ]

  /// The first number of three digits that stands alone.
  private static func status(in message: String) -> Int? {
    message.split { !($0.isLetter || $0.isNumber || $0 == "_") }.lazy
      .filter { $0.count == 3 }.compactMap { Int($0) }.first { (400...599).contains($0) }
  }

  /// Whether a message holds a word; a status only as a number of its own, because ports and addresses hold all digits.
  private static func tells(_ message: String, _ word: String) -> Bool {
    guard let first = word.first, first.isNumber, word.allSatisfy({ $0.isNumber || $0 == " " })
    else { return message.contains(word) }
    return message.ranges(of: word).contains { range in
      let before = message[..<range.lowerBound]
      let isInside =
        (before.last?.isNumber ?? false) || before.hasSuffix("port=") || before.hasSuffix(":")
      let isCut =
        word.last?.isNumber == true && range.upperBound < message.endIndex
        && message[range.upperBound].isNumber
      return !isInside && !isCut
    }
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

  static let frameworks: Set<String> = [
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
}

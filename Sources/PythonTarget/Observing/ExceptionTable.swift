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

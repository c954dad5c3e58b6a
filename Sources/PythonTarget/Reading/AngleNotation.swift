import Failures

/// `<…>`: what Python says of a value that has no notation of its own.
enum AngleNotation {
  static func read(_ text: String, depth: Int) -> CapturedValue {
    enumeration(text, depth: depth)
      ?? .opaque(type: type(of: text), description: description(of: text))
  }

  /// A text without addresses, which differ in each process, and no longer than what is kept.
  static func description(of text: String) -> String {
    var result = String.UnicodeScalarView()
    var rest = Array(text.unicodeScalars.prefix(4 * NotationReader.longestDescription))[...]
    let mark = Array(" at 0x".unicodeScalars)
    while let scalar = rest.first, result.count < NotationReader.longestDescription {
      if scalar == " ", rest.starts(with: mark) {
        rest = rest.dropFirst(mark.count).drop { $0.properties.isASCIIHexDigit }
      } else {
        result.append(scalar)
        rest = rest.dropFirst()
      }
    }
    return String(result)
  }

  /// `<Colour.RED: 1>`.
  private static func enumeration(_ text: String, depth: Int) -> CapturedValue? {
    guard text.hasSuffix(">"), let colon = text.firstRange(of: ": ") else { return nil }
    let name = text[text.index(after: text.startIndex)..<colon.lowerBound]
    guard let dot = name.lastIndex(of: "."), isName(name[..<dot]) else { return nil }
    let member = name[name.index(after: dot)...]
    guard
      member.split(separator: "|", omittingEmptySubsequences: false).allSatisfy({
        isName($0) && !$0.contains(".")
      })
    else { return nil }
    let raw = Array(text[colon.upperBound...].dropLast().unicodeScalars)
    var parser = NotationParser(raw, depth: depth)
    guard let value = parser.value(), parser.isAtEnd else { return nil }
    return .enumeration(type: String(name[..<dot]), member: String(member), raw: value)
  }

  private static let kinds: [(prefix: String, type: String)] = [
    ("<class '", "type"), ("<enum '", "type"), ("<flag '", "type"), ("<module '", "module"),
    ("<function ", "function"), ("<bound method ", "method"),
    ("<built-in function ", "builtin_function_or_method"),
    ("<built-in method ", "builtin_function_or_method"), ("<generator object ", "generator"),
    ("<coroutine object ", "coroutine"), ("<async_generator object ", "async_generator"),
    ("<code object ", "code"), ("<frame at ", "frame"), ("<staticmethod(", "staticmethod"),
    ("<classmethod(", "classmethod"), ("<property object ", "property"),
  ]

  private static func type(of text: String) -> String? {
    if text == "<broken repr>" { return nil }
    if let kind = kinds.first(where: { text.hasPrefix($0.prefix) }) { return kind.type }
    let inner = text.dropFirst()
    let name = inner.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    let local = text.contains("<locals>") ? inner.prefix { $0 != " " } : name
    let rest = inner.dropFirst(local.count)
    guard !local.isEmpty, rest == ">" || rest.first == " " || rest.first == "(" else { return nil }
    let isNamed = local.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
      $0 == "<locals>" || isName($0)
    }
    return isNamed ? String(local) : nil
  }

  private static func isName(_ text: some StringProtocol) -> Bool {
    guard let first = text.first, !first.isNumber, first != ".", text.last != "." else {
      return false
    }
    return text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
  }
}

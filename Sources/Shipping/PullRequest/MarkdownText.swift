/// Text of an event as Markdown that shows it and does nothing else.
enum MarkdownText {
  /// A code span with a fence longer than any run of backticks inside.
  static func code(_ text: String, limit: Int = 120) -> String {
    let line = InertText.line(text, limit: limit)
    guard !line.isEmpty else { return "(empty)" }
    let fence = String(repeating: "`", count: longestFence(in: line) + 1)
    let pad = line.hasPrefix("`") || line.hasSuffix("`") ? " " : ""
    return fence + pad + line + pad + fence
  }

  /// A block of code that cannot be left from inside.
  static func block(_ text: String, language: String = "sh") -> String {
    let line = InertText.line(text, limit: 2000)
    let fence = String(repeating: "`", count: max(3, longestFence(in: line) + 1))
    return "\(fence)\(language)\n\(line)\n\(fence)"
  }

  /// A block of code of several lines, of which the first ones are shown.
  static func lines(_ text: String, language: String, limit: Int) -> String {
    let all = text.split(separator: "\n", omittingEmptySubsequences: false)
    var lines = all.prefix(limit).map { line in
      String(
        String.UnicodeScalarView(
          line.unicodeScalars.prefix(400).filter { !InertText.isInvisible($0) }))
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    if all.count > limit { lines.append("… and \(all.count - limit) more lines") }
    let fence = String(
      repeating: "`", count: max(3, (lines.map(longestFence).max() ?? 0) + 1))
    return "\(fence)\(language)\n\(lines.joined(separator: "\n"))\n\(fence)"
  }

  /// A sentence: words of letters, digits and plain punctuation stay, every other word becomes
  /// code, and so does what stands between single backticks.
  static func prose(_ text: String, limit: Int = 400) -> String {
    let line = InertText.line(text, limit: limit)
    let parts = line.split(separator: "`", omittingEmptySubsequences: false)
    let isQuoted =
      parts.count % 2 == 1
      && parts.enumerated().allSatisfy { $0.offset % 2 == 0 || !$0.element.isEmpty }
      && !line.contains("``")
    guard isQuoted else { return words(line) }
    return parts.enumerated()
      .map {
        $0.offset % 2 == 0 ? words(String($0.element)) : code(String($0.element), limit: limit)
      }
      .joined()
  }

  private static func words(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false)
      .map { $0.isEmpty || isPlain($0) ? String($0) : quoted($0) }
      .joined(separator: " ")
  }

  /// The word as code, with the punctuation that ends a sentence left outside.
  private static func quoted(_ word: Substring) -> String {
    let core = word.reversed().drop { ".,;:".contains($0) }.reversed()
    guard !core.isEmpty else { return code(String(word), limit: word.count) }
    return code(String(core), limit: word.count) + word.dropFirst(core.count)
  }

  private static func isPlain(_ word: Substring) -> Bool {
    let isSafe = word.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || "',.;:()/\"%-…".unicodeScalars.contains($0)
    }
    let lower = word.lowercased()
    return isSafe && !lower.contains("//") && !lower.contains("www.") && !isReference(word)
  }

  /// `GH-12`, `PROJ-7`, a commit id: what forges and trackers turn into links.
  private static func isReference(_ word: Substring) -> Bool {
    let isTicket = zip(word, zip(word.dropFirst(), word.dropFirst(2))).contains { first, rest in
      first.isLetter && rest.0 == "-" && rest.1.isNumber
    }
    let longestHexadecimal = word.utf8.split { !$0.isHexadecimal }.map(\.count).max() ?? 0
    return isTicket || (longestHexadecimal >= 7 && word.contains { $0.isNumber })
  }

  private static func longestFence(in text: String) -> Int {
    text.split { $0 != "`" }.map(\.count).max() ?? 0
  }
}

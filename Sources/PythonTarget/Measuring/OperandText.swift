/// Source text of one expression as an operand of another: how tightly it holds together, read from the words and signs
/// that stand outside all brackets and texts.
enum OperandText {
  /// The text where at least this tight a one is needed.
  static func at(_ needed: Precedence, _ text: String) -> String {
    guard let own = precedence(of: text), own >= needed else { return "(\(text))" }
    return needed == .primary && isNumber(text) ? "(\(text))" : text
  }

  static func above(_ outer: Precedence, _ text: String) -> String { at(outer.tighter, text) }

  /// Operands of `and` or `or`, which the same operator need not surround.
  static func joined(
    _ texts: [String], _ word: String, each: Precedence, empty: String
  ) -> String {
    guard texts.count > 1 else { return texts.first ?? empty }
    return texts.map { at(each, $0) }.joined(separator: word)
  }

  static func types(_ types: [String]) -> String {
    types.count == 1 ? at(.closure, types[0]) : "(\(types.joined(separator: ", ")))"
  }

  private static func isNumber(_ text: String) -> Bool {
    text.allSatisfy { $0.isASCII && ($0.isNumber || $0.isLetter || $0 == "_" || $0 == ".") }
      && text.first?.isNumber == true
  }

  /// `nil` for what always needs parentheses: several values, a binding, a yield, a break of the line.
  static func precedence(of text: String) -> Precedence? {
    var loosest = Precedence.primary
    var follows = false  // whether an operand stands before
    var last = ""
    for token in OutermostTokens(text) {
      switch token {
      case .operand: follows = true
      case .word(let word):
        guard let found = words[word] else {
          if loose.contains(word) { return nil }
          follows = true
          continue
        }
        // The body of a closure reaches to the end.
        if found == .closure { return min(loosest, .closure) }
        let isSecond = word == "not" && (follows || last == "is")
        loosest = min(loosest, isSecond ? .comparison : found)
        follows = false
        last = word
      case .sign(let sign):
        if loose.contains(sign) { return nil }
        if sign == "." { continue }
        loosest = min(loosest, follows ? signs[sign] ?? .comparison : .sign)
        follows = false
      }
    }
    return loosest
  }

  private static let loose: Set<String> = [",", ":=", "yield", "=", "\n", "for", ":", ";"]
  private static let words: [String: Precedence] = [
    "lambda": .closure, "if": .conditional, "else": .conditional, "or": .or, "and": .and,
    "not": .not, "in": .comparison, "is": .comparison, "await": .await,
  ]
  private static let signs: [String: Precedence] = [
    "|": .bitOr, "^": .bitExclusive, "&": .bitAnd, "<<": .shift, ">>": .shift, "+": .sum,
    "-": .sum, "*": .product, "/": .product, "//": .product, "%": .product, "@": .product,
    "**": .power,
  ]
}

/// A command as a setting has it, split into its words; no shell ever sees it.
///
/// Spaces and tabs part words. Between single quotes everything stands for itself; between double
/// quotes a backslash keeps the next `"` or `\`, outside of quotes any character. What a shell would
/// act on (`|`, `&`, `;`, `<`, `>`, `` ` ``, `$`) is refused where it is not quoted.
public enum CommandWords {
  public enum Refusal: Error, Hashable, Sendable {
    case openQuote, openEscape, empty, control
    /// A shell's sign, which would not do here what it does there.
    case shell(Character)
  }

  public static func split(_ text: String) throws(Refusal) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in text {
      if character.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\t" }) {
        throw .control
      }
      if isEscaped {
        let isKept = quote == nil || character == "\"" || character == "\\"
        word = (word ?? "") + (isKept ? "" : "\\") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
        word = word ?? ""
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " || character == "\t" {
        if let done = word { words.append(done) }
        word = nil
      } else if "|&;<>`$".contains(character) {
        throw .shell(character)
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if quote != nil { throw .openQuote }
    if isEscaped { throw .openEscape }
    if let done = word { words.append(done) }
    guard let first = words.first, !first.isEmpty else { throw .empty }
    return words
  }
}

extension CommandWords.Refusal: CustomStringConvertible {
  /// Why, for a message that names the setting.
  public var description: String {
    switch self {
    case .openQuote: "a quote is not closed"
    case .openEscape: "it ends in a backslash"
    case .empty: "it names no program"
    case .control: "it holds a control character"
    case .shell(let sign): "no shell runs it, so `\(sign)` would mean nothing"
    }
  }
}

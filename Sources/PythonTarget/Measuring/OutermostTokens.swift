/// The words and signs of an expression's text that stand outside all brackets and texts; what is inside is one operand.
struct OutermostTokens: Sequence, IteratorProtocol {
  enum Token: Equatable {
    case operand
    case word(String)
    case sign(String)
  }

  private let characters: [Unicode.Scalar]
  private var position = 0

  init(_ text: String) { characters = Array(text.unicodeScalars) }

  mutating func next() -> Token? {
    while position < characters.count {
      let character = characters[position]
      if character == " " || character == "\t" {
        position += 1
      } else if "([{".unicodeScalars.contains(character) {
        skipBrackets()
        return .operand
      } else if character == "\"" || character == "'" {
        skipText()
        return .operand
      } else if Self.isPartOfWord(character) {
        return word()
      } else {
        return sign()
      }
    }
    return nil
  }

  private static func isPartOfWord(_ character: Unicode.Scalar) -> Bool {
    character == "_" || character.properties.isXIDContinue || character.value > 0x7F
  }

  private mutating func word() -> Token {
    let start = position
    let isNumber = ("0"..."9").contains(characters[position])
    while position < characters.count,
      Self.isPartOfWord(characters[position])
        || isNumber && (characters[position] == "." || isExponentSign(from: start))
    {
      position += 1
    }
    if isNumber { return .operand }
    if position < characters.count, "\"'".unicodeScalars.contains(characters[position]) {
      skipText()
      return .operand
    }
    var text = ""
    text.unicodeScalars.append(contentsOf: characters[start..<position])
    return .word(text)
  }

  /// The sign of `1e-5`.
  private func isExponentSign(from start: Int) -> Bool {
    "+-".unicodeScalars.contains(characters[position])
      && "eE".unicodeScalars.contains(characters[position - 1])
      && !characters[start..<position].contains("x")
  }

  private mutating func sign() -> Token {
    for length in [2, 1] where position + length <= characters.count {
      var text = ""
      text.unicodeScalars.append(contentsOf: characters[position..<position + length])
      if length == 1 || Self.pairs.contains(text) {
        position += length
        return .sign(text)
      }
    }
    return .operand
  }

  private static let pairs: Set<String> = ["**", "//", "<<", ">>", "<=", ">=", "==", "!=", ":="]

  private mutating func skipBrackets() {
    var depth = 0
    while position < characters.count {
      let character = characters[position]
      if character == "\"" || character == "'" {
        skipText()
        continue
      }
      if character == "#" {
        while position < characters.count, characters[position] != "\n" { position += 1 }
        continue
      }
      if "([{".unicodeScalars.contains(character) { depth += 1 }
      if ")]}".unicodeScalars.contains(character) { depth -= 1 }
      position += 1
      if depth == 0 { return }
    }
  }

  /// Behind the closing quotes, single or in threes.
  private mutating func skipText() {
    let quote = characters[position]
    let isLong =
      position + 2 < characters.count && characters[position + 1] == quote
      && characters[position + 2] == quote
    position += isLong ? 3 : 1
    while position < characters.count {
      if characters[position] == "\\" {
        position += 2
        continue
      }
      if characters[position] == quote {
        let ends =
          !isLong
          || position + 2 < characters.count && characters[position + 1] == quote
            && characters[position + 2] == quote
        if ends {
          position += isLong ? 3 : 1
          return
        }
      }
      position += 1
    }
    position = characters.count
  }
}

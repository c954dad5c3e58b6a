/// Makes text of an event harmless where people and forges read it.
enum InertText {
  /// Control, format and private characters, and the ends of lines that Unicode knows.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      true
    default: false
    }
  }

  /// One line: every run of white and invisible characters is one space; cut at `limit` characters,
  /// with a mark.
  static func line(_ text: String, limit: Int) -> String {
    var line = String.UnicodeScalarView()
    // What is cut anyway is not looked at: a message may be megabytes long. The marks on one letter
    // are counted too.
    for scalar in text.unicodeScalars.prefix(limit * 4) {
      let isGap = isInvisible(scalar) || scalar.properties.isWhitespace
      if !isGap {
        line.append(scalar)
      } else if let last = line.last, last != " " {
        line.append(" ")
      }
    }
    if line.last == " " { line.removeLast() }
    let short = String(line)
    let isCut = short.count > limit || text.unicodeScalars.dropFirst(limit * 4).first != nil
    return isCut ? String(short.prefix(limit - 1)) + "…" : short
  }

  /// One line of plain text in which no forge or continuous integration finds a mention, a
  /// reference, a link, a keyword or an instruction: commit messages are not Markdown, so nothing
  /// can be quoted in them.
  static func plain(_ text: String, limit: Int) -> String {
    let scalars = Array(line(text, limit: limit).unicodeScalars)
    var plain = ""
    for (place, scalar) in scalars.enumerated() {
      let next = place + 1 < scalars.count ? scalars[place + 1] : " "
      let isBound = next.properties.isAlphabetic || next.properties.numericType != nil
      switch scalar {
      case "@", "#", "!", "&", "$", "%", "~":
        plain.unicodeScalars.append(scalar)
        if isBound || next == "\"" || next == "#" { plain += " " }
      // `[skip ci]`, `<!-- -->`, `***NO_CI***`
      case "[", "<": plain += "("
      case "]", ">": plain += ")"
      case "*": plain += "·"
      // `https://`, and what reads as a trailer or a keyword: `Closes: GH-12`
      case "/" where next == "/": plain += "/ "
      case "-" where place > 0 && isBound && isReferencePrefix(scalars[..<place]): plain += "- "
      default: plain.unicodeScalars.append(scalar)
      }
    }
    return plain
  }

  /// `GH-12`, `PROJ-12`: capitals before a hyphen.
  private static func isReferencePrefix(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    let word = scalars.reversed().prefix { $0.properties.isAlphabetic }
    return word.count >= 2
      && word.allSatisfy { $0.properties.isUppercase || $0 == "h" || $0 == "g" }
  }
}

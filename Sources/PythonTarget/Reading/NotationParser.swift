import Failures

/// A position in a notation, and what can be read from there.
///
/// Each reading function returns `nil` where the text is of another kind; the position is then undefined, and
/// the caller goes back.
struct NotationParser {
  let scalars: [Unicode.Scalar]
  /// The end of what the sender left; its mark of cutting is not part of it.
  let end: Int
  /// Whether the sender put its mark of cutting at the end.
  let mayBeCut: Bool
  var position = 0
  var depth: Int
  /// Steps that may still be spent on looking ahead: a hostile text must not cost more than its length allows.
  private var effort: Int

  init(_ text: String, depth: Int = 0) {
    self.init(Array(text.unicodeScalars), depth: depth)
  }

  init(_ scalars: [Unicode.Scalar], depth: Int) {
    self.scalars = scalars
    mayBeCut = scalars.count >= 3 && scalars.suffix(3).allSatisfy { $0 == "." }
    end = scalars.count
    effort = 8 * scalars.count + 10_000
    self.depth = depth
  }

  var isAtEnd: Bool { position == end }

  /// Whether all that is left is the sender's mark of cutting.
  var isAtCut: Bool { mayBeCut && position >= end - 3 }

  var next: Unicode.Scalar? { position < end ? scalars[position] : nil }

  func peek(_ offset: Int) -> Unicode.Scalar? {
    position + offset < end ? scalars[position + offset] : nil
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  mutating func take(_ text: String) -> Bool {
    var place = position
    for scalar in text.unicodeScalars {
      guard place < end, scalars[place] == scalar else { return false }
      place += 1
    }
    position = place
    return true
  }

  mutating func skipSpaces() {
    while let scalar = next, scalar == " " || scalar == "\n" || scalar == "\t" { position += 1 }
  }

  func text(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    return String(text)
  }

  /// Any value.
  mutating func value() -> CapturedValue? {
    guard depth < NotationReader.deepest, effort > 0, let first = next else { return nil }
    depth += 1
    defer { depth -= 1 }
    switch first {
    case "'", "\"": return string(prefix: "")
    case "[": return list()
    case "(": return complex() ?? tuple()
    case "{": return braces()
    case "<": return angle()
    case "-", "0"..."9": return number()
    default: return named()
    }
  }

  /// A value inside another: what is not understood is kept in its place.
  mutating func element(until stops: Set<Unicode.Scalar>) -> CapturedValue? {
    let start = position
    if let value = value() {
      let after = position
      skipSpaces()
      if isAtEnd || isAtCut || next.map(stops.contains) == true { return value }
      position = after
    }
    position = start
    return unknown(until: stops)
  }

  /// Text up to a stop that stands outside of all brackets and quotes.
  private mutating func unknown(until stops: Set<Unicode.Scalar>) -> CapturedValue? {
    let start = position
    var open = 0
    while effort > 0, let scalar = next {
      effort -= 1
      if open == 0, stops.contains(scalar) { break }
      switch scalar {
      case "(", "[", "{": open += 1
      case ")", "]", "}": open -= 1
      case "'", "\"": skipQuoted()
      default: break
      }
      if open < 0 { return nil }
      position += 1
    }
    // Nothing closes what is around it: the sender cut in here.
    if isAtEnd, mayBeCut, effort > 0 { return .unread }
    guard !isAtEnd, position > start, effort > 0 else { return nil }
    return .opaque(
      type: nil, description: AngleNotation.description(of: text(start..<position)))
  }

  /// Moves to the closing quote, where there is one.
  mutating func skipQuoted() {
    guard let quote = next else { return }
    var place = position + 1
    while place < end, effort > 0 {
      effort -= 1
      if scalars[place] == "\\" {
        place += 2
        continue
      }
      if scalars[place] == quote {
        position = place
        return
      }
      place += 1
    }
  }

  /// `<…>` inside another value.
  private mutating func angle() -> CapturedValue? {
    let start = position
    var open = 0
    while effort > 0, let scalar = next {
      effort -= 1
      switch scalar {
      case "<": open += 1
      case ">" where position == 0 || scalars[position - 1] != "-": open -= 1
      case "'", "\"": skipQuoted()
      default: break
      }
      position += 1
      if open == 0 {
        let text = text(start..<position)
        return text == "<cyclic>"
          ? .opaque(type: "cycle", description: text) : AngleNotation.read(text, depth: depth)
      }
    }
    return nil
  }
}

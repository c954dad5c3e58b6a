/// Breaks logical lines as the formatter black does, so that a generated file is never reformatted.
///
/// The law: a line that fits stays one line. Else it is broken at its last brackets; what is inside goes on a
/// line of its own if it fits, else it is broken at the delimiters of the highest priority. Optional
/// parentheses are written only where the brackets of the expression itself do not serve.
struct LineLayout {
  let lineLength: Int

  func lines(_ line: LogicalLine) -> [String] {
    if !line.isExploded, line.fits(lineLength) { return [indented(line)] }
    guard let parts = split(line) else { return [indented(line)] }
    return parts.flatMap(lines)
  }

  private func indented(_ line: LogicalLine) -> String {
    String(repeating: "    ", count: line.depth) + line.flat
  }

  private func split(_ line: LogicalLine) -> [LogicalLine]? {
    if line.isDefinition { return splitDefinition(line) }
    if line.isInsideBrackets, let parts = splitAtDelimiters(line) { return parts }
    guard let parts = splitAtBrackets(line) else { return nil }
    return secondOpinion(on: line, parts)
  }

  /// Where brackets alone leave the first line too long, optional parentheses are tried if then all fits.
  private func secondOpinion(on line: LogicalLine, _ parts: [LogicalLine]) -> [LogicalLine] {
    guard line.pieces.contains(where: { $0.isOptional && $0.text.isEmpty }),
      let first = parts.first, !first.fits(lineLength),
      !parts.contains(where: { $0.pieces.contains { $0.isOptional && !$0.text.isEmpty } })
    else { return parts }
    guard let split = BracketSplit(line, omitting: []), split.isOptional else { return parts }
    let forced = split.visible(in: line)
    return forced.flatMap(lines).allSatisfy({ DisplayWidth.of($0) <= lineLength }) ? forced : parts
  }

  // MARK: Delimiters

  private func splitAtDelimiters(_ line: LogicalLine) -> [LogicalLine]? {
    let depths = line.depths
    let last = line.pieces.count - 1
    var highest = 0
    for (index, piece) in line.pieces.enumerated()
    where depths[index] == 0 && line.isDelimiter(index) && !(index == last && piece.role == .comma)
    {
      highest = max(highest, piece.priority)
    }
    guard highest > 0 else { return nil }
    let places = line.pieces.indices.filter {
      depths[$0] == 0 && line.isDelimiter($0) && line.pieces[$0].priority == highest
    }
    if highest == Priority.member, places.count == 1 { return nil }
    var parts: [LogicalLine] = []
    var start = 0
    for place in places {
      let end = highest == Priority.comma ? place + 1 : place
      if end > start { parts.append(line.part(start..<end)) }
      start = end
    }
    if start <= last { parts.append(line.part(start..<(last + 1))) }
    if highest == Priority.comma, line.pieces[last].role != .comma, !parts.isEmpty {
      parts[parts.count - 1].pieces.append(Piece(",", role: .comma, priority: Priority.comma))
    }
    return parts
  }

  // MARK: Brackets

  private func splitAtBrackets(_ line: LogicalLine) -> [LogicalLine]? {
    let first = splitAtBrackets(line, omitting: [])
    guard let first else { return nil }
    if first[0].fits(lineLength) { return first }
    for omitted in trailersToOmit(line) {
      if let parts = splitAtBrackets(line, omitting: omitted), parts[0].fits(lineLength) {
        return parts
      }
    }
    return first
  }

  private func splitAtBrackets(_ line: LogicalLine, omitting omitted: Set<Int>) -> [LogicalLine]? {
    guard let split = BracketSplit(line, omitting: omitted) else { return nil }
    guard split.isOptional else { return split.parts(of: line) }
    if line.isImport { return split.visible(in: line) }
    let body = line.body(split.body)
    if canOmitParentheses(around: body) {
      let inner = omitted.union([split.close])
      if let other = BracketSplit(line, omitting: inner) {
        if prefers(other, to: split, in: line) {
          if let parts = splitAtBrackets(line, omitting: inner) { return parts }
          if body.pieces.count < 2, !body.fits(lineLength) { return nil }
        }
      } else if body.pieces.count < 2, !body.fits(lineLength) {
        return nil
      }
    }
    return split.visible(in: line)
  }

  /// Only an assignment to a subscript may rather be broken after its `=`.
  private func prefers(_ other: BracketSplit, to split: BracketSplit, in line: LogicalLine) -> Bool
  {
    let head = line.pieces[..<split.open]
    guard let sign = head.lastIndex(where: { $0.text == "=" && $0.isSpaced }),
      sign == split.open - 1, head.contains(where: { $0.isOpen })
    else { return true }
    var headLine = line
    headLine.pieces = Array(head) + [Piece("(", spaced: true)]
    if !headLine.fits(lineLength - 1) { return true }
    guard other.open > sign else { return false }
    if line.pieces[sign..<other.open].contains(where: { $0.role == .close }) { return true }
    headLine.pieces = Array(line.pieces[...other.open])
    return headLine.fits(lineLength)
  }

  private func canOmitParentheses(around body: LogicalLine) -> Bool {
    let depths = body.depths
    let outer = body.pieces.indices.filter { depths[$0] == 0 && body.isDelimiter($0) }
    guard let highest = outer.map({ body.pieces[$0].priority }).max() else { return true }
    if outer.count(where: { body.pieces[$0].priority == highest }) > 1 { return false }
    if highest == Priority.member { return true }
    guard let first = body.pieces.first, let last = body.pieces.last, body.pieces.count > 1 else {
      return false
    }
    if first.isOpen, body.pieces[1].role != .close, canOmitOpening(body) { return true }
    guard last.role == .close, let opening = body.opening(of: body.pieces.count - 1) else {
      return false
    }
    if last.text == "]", body.pieces[opening].role == .open(.trailer) { return false }
    if opening == body.pieces.count - 2 { return false }
    return canOmitClosing(body, opening)
  }

  private func canOmitOpening(_ body: LogicalLine) -> Bool {
    guard let closing = body.closing(of: 0) else { return false }
    var length = 4 * body.depth
    for piece in body.pieces[closing...] {
      length += piece.width
      if length > lineLength { return false }
      if piece.isOpen { return false }
    }
    return true
  }

  private func canOmitClosing(_ body: LogicalLine, _ opening: Int) -> Bool {
    var length = 4 * body.depth
    for piece in body.pieces[...opening] { length += piece.width }
    return length <= lineLength || body.pieces[..<opening].contains(where: \.isOpen)
  }

  /// Ever longer runs of closing trailers that stay together, so that an earlier bracket is broken.
  private func trailersToOmit(_ line: LogicalLine) -> [Set<Int>] {
    var choices: [Set<Int>] = []
    var omitted: Set<Int> = []
    var inner: Set<Int> = []
    var length = 4 * line.depth
    var opening: Int?
    var closing: Int?
    for index in line.pieces.indices.reversed() {
      let piece = line.pieces[index]
      length += piece.width
      if length > lineLength { break }
      if let current = opening {
        if index == current {
          opening = nil
        } else if piece.role == .close {
          inner.insert(index)
        }
      } else if piece.role == .close {
        if index > 0, line.pieces[index - 1].isOpen {
          inner.insert(index)
          continue
        }
        if let closing {
          omitted.insert(closing)
          omitted.formUnion(inner)
          inner = []
          choices.append(omitted)
        }
        if !piece.text.isEmpty {
          opening = line.opening(of: index)
          closing = index
        }
      }
    }
    return choices
  }

  // MARK: Definitions

  private func splitDefinition(_ line: LogicalLine) -> [LogicalLine]? {
    guard let open = line.pieces.firstIndex(where: \.isOpen), let close = line.closing(of: open),
      close > open + 1
    else { return nil }
    var body = line.body((open + 1)..<close)
    if !body.pieces.contains(where: { $0.role == .comma }) {
      body.pieces.append(Piece(",", role: .comma, priority: Priority.comma))
    }
    return [line.outside(0..<(open + 1)), body, line.outside(close..<line.pieces.count)]
  }
}

/// The last pair of brackets that holds something, as positions in a line.
private struct BracketSplit {
  let open: Int
  let close: Int
  let isOptional: Bool

  var body: Range<Int> { (open + 1)..<close }

  init?(_ line: LogicalLine, omitting omitted: Set<Int>) {
    for index in line.pieces.indices.reversed()
    where line.pieces[index].role == .close && !omitted.contains(index) {
      guard let opening = line.opening(of: index) else { return nil }
      if opening == index - 1 { continue }
      open = opening
      close = index
      isOptional = line.pieces[opening].isOptional && line.pieces[opening].text.isEmpty
      return
    }
    return nil
  }

  func parts(of line: LogicalLine) -> [LogicalLine] {
    var inside = line.body(body)
    let depths = inside.depths
    let last = inside.pieces.count - 1
    let hasCommas = inside.pieces.indices.contains {
      depths[$0] == 0 && $0 != last && inside.pieces[$0].role == .comma
    }
    let isLooser = inside.pieces.indices.contains {
      depths[$0] == 0 && inside.pieces[$0].priority > Priority.comma
    }
    inside.isExploded =
      hasCommas && !isLooser && (line.pieces[open].role == .open(.atom) || line.isImport)
    if line.isImport, inside.pieces.last?.role != .comma {
      inside.pieces.append(Piece(",", role: .comma, priority: Priority.comma))
    }
    return [
      line.outside(0..<(open + 1)), inside, line.outside(close..<line.pieces.count),
    ].filter { !$0.pieces.isEmpty }
  }

  /// The same with optional parentheses written out.
  func visible(in line: LogicalLine) -> [LogicalLine] {
    var line = line
    line.pieces[open].text = "("
    line.pieces[close].text = ")"
    return parts(of: line)
  }
}

extension Piece {
  fileprivate var width: Int { (isSpaced ? 1 : 0) + DisplayWidth.of(text) }
}

extension LogicalLine {
  /// How many brackets of this line each piece stands in; a bracket itself stands outside.
  fileprivate var depths: [Int] {
    var depth = 0
    return pieces.map { piece in
      if piece.isOpen {
        depth += 1
        return depth - 1
      }
      if piece.role == .close, depth > 0 { depth -= 1 }
      return depth
    }
  }

  /// An operator at the very start separates nothing.
  fileprivate func isDelimiter(_ index: Int) -> Bool {
    pieces[index].priority > 0 && (index > 0 || pieces[index].role == .comma)
  }

  fileprivate func opening(of closing: Int) -> Int? {
    var depth = 0
    for index in (0..<closing).reversed() {
      if pieces[index].role == .close { depth += 1 }
      if pieces[index].isOpen {
        if depth == 0 { return index }
        depth -= 1
      }
    }
    return nil
  }

  fileprivate func closing(of opening: Int) -> Int? {
    var depth = 0
    for index in (opening + 1)..<pieces.count {
      if pieces[index].isOpen { depth += 1 }
      if pieces[index].role == .close {
        if depth == 0 { return index }
        depth -= 1
      }
    }
    return nil
  }

  /// What stands in brackets, one step further in.
  fileprivate func body(_ range: Range<Int>) -> LogicalLine {
    var line = LogicalLine(depth + 1, Array(pieces[range]))
    line.isInsideBrackets = true
    return line
  }

  /// One of the parts between delimiters.
  fileprivate func part(_ range: Range<Int>) -> LogicalLine {
    var line = LogicalLine(depth, Array(pieces[range]))
    line.isInsideBrackets = true
    return line
  }

  fileprivate func outside(_ range: Range<Int>) -> LogicalLine {
    LogicalLine(depth, Array(pieces[range]))
  }
}

import Failures
import Languages

/// Collects the tokens of one text and what they need to be imported.
struct SourceWriter {
  var pieces: [Piece] = []
  var imports: ImportLedger
  /// Values up to this many columns stand on one line.
  let lineLength: Int
  let types: TypeLookup
  /// How deep the value or expression that is being written is nested.
  var nesting = 0

  init(imports: ImportLedger, lineLength: Int, types: @escaping TypeLookup) {
    self.imports = imports
    self.lineLength = lineLength
    self.types = types
  }

  mutating func write(_ text: String, spaced: Bool = false, priority: Int = 0) {
    pieces.append(Piece(text, spaced: spaced, priority: priority))
  }

  mutating func open(_ text: String, _ bracket: Piece.Bracket, spaced: Bool = false) {
    pieces.append(Piece(text, spaced: spaced, role: .open(bracket)))
  }

  mutating func close(_ text: String) {
    pieces.append(Piece(text, role: .close))
  }

  mutating func comma() {
    pieces.append(Piece(",", role: .comma, priority: Priority.comma))
  }

  /// Puts a space before the next piece that is written by `body`.
  mutating func spaced(
    _ body: (inout SourceWriter) throws(PrintingError) -> Void
  ) throws(PrintingError) {
    try positioned(priority: nil, body)
  }

  /// Puts a space before what `body` writes, and lets the line be broken there.
  mutating func positioned(
    priority: Int?, _ body: (inout SourceWriter) throws(PrintingError) -> Void
  ) throws(PrintingError) {
    let start = pieces.count
    try body(&self)
    guard start < pieces.count else { return }
    pieces[start].isSpaced = true
    if let priority { pieces[start].priority = priority }
  }

  /// Elements between commas; the first needs no space.
  mutating func elements<Element>(
    _ elements: [Element],
    _ body: (inout SourceWriter, Element) throws(PrintingError) -> Void
  ) throws(PrintingError) {
    for (position, element) in elements.enumerated() {
      if position > 0 { comma() }
      let start = pieces.count
      try body(&self, element)
      if position > 0, start < pieces.count { pieces[start].isSpaced = true }
    }
  }

  mutating func nested(
    _ body: (inout SourceWriter) throws(PrintingError) -> Void
  ) throws(PrintingError) {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= PythonPrinter.deepest else { throw .tooDeep }
    try body(&self)
  }

  /// The tokens that `body` writes, taken out again.
  mutating func taken(
    _ body: (inout SourceWriter) throws(PrintingError) -> Void
  ) throws(PrintingError) -> [Piece] {
    let start = pieces.count
    try body(&self)
    let result = Array(pieces[start...])
    pieces.removeSubrange(start...)
    return result
  }
}

import Languages

/// A file's bytes and its language's notation, for those who read and replace spans of it.
struct Listing {
  let file: SourceFile
  let notation: Notation
  private let bytes: [UInt8]
  /// Where each line starts, and the end of the file.
  private let lineStarts: [Int]

  init(_ file: SourceFile, _ notation: Notation) {
    self.file = file
    self.notation = notation
    bytes = Array(file.text.utf8)
    var starts = [0]
    for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(place + 1)
    }
    if starts.last != bytes.count { starts.append(bytes.count) }
    lineStarts = starts
  }

  var count: Int { bytes.count }
  subscript(place: Int) -> UInt8 { bytes[place] }

  func text(_ range: Range<Int>) -> String {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return "" }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  func text(_ node: SourceNode) -> String { text(node.span.bytes) }

  /// The last byte before a place that is no blank.
  func filled(before place: Int, from limit: Int) -> Int? {
    (limit..<max(limit, place)).last { !isBlank($0) }
  }

  /// The first byte from a place on that is no blank.
  func filled(after place: Int, upTo limit: Int) -> Int? {
    (place..<max(limit, place)).first { !isBlank($0) }
  }

  private func isBlank(_ place: Int) -> Bool {
    bytes[place] == UInt8(ascii: " ") || (9...13).contains(bytes[place])
  }

  /// The text of a node with every run of white space as one blank, to compare texts that were indented anew.
  func flatText(_ node: SourceNode) -> String { text(node).flattened }

  /// The span of some bytes, with its lines and column.
  func span(_ range: Range<Int>) -> SourceSpan {
    let first = line(of: range.lowerBound)
    let last = range.isEmpty ? first : line(of: range.upperBound - 1)
    return SourceSpan(
      bytes: range, lines: first...max(first, last),
      column: range.lowerBound - lineStarts[first - 1])
  }

  /// The whole lines from `first` (counted from 1) up to and without `end`.
  func span(ofLines first: Int, upTo end: Int) -> SourceSpan {
    let lower = start(ofLine: first)
    return SourceSpan(
      bytes: lower..<max(lower, start(ofLine: end)), lines: first...max(first, end - 1), column: 0)
  }

  private func start(ofLine line: Int) -> Int {
    line - 1 < lineStarts.count ? lineStarts[line - 1] : bytes.count
  }

  private func line(of byte: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= byte { low = middle } else { high = middle }
    }
    return low + 1
  }
}

extension String {
  /// Every run of white space as one blank, and none at the ends.
  var flattened: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

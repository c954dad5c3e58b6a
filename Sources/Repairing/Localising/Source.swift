import Languages

/// A file with the questions that templates ask of it again and again.
struct Source: Sendable {
  let file: SourceFile
  private let bytes: [UInt8]
  /// What ends its lines.
  let newline: String

  init(_ file: SourceFile) {
    self.file = file
    bytes = Array(file.text.utf8)
    newline = file.text.contains("\r\n") ? "\r\n" : "\n"
  }

  func text(_ node: SourceNode) -> String { text(node.span.bytes) }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// A node's text without blanks and with one kind of quotes, so that spellings can be compared.
  func spelled(_ node: SourceNode) -> String { Self.spelled(text(node)) }

  static func spelled(_ text: String) -> String {
    String(text.filter { !$0.isWhitespace }.map { $0 == "\"" ? "'" : $0 })
  }

  /// The nodes around a node, the whole file first and its parent last.
  func around(_ node: SourceNode) -> [SourceNode] {
    var found: [SourceNode] = []
    func descend(_ current: SourceNode) -> Bool {
      if current == node { return true }
      found.append(current)
      for child in current.children where child.span.bytes.encloses(node.span.bytes) {
        if descend(child) { return true }
      }
      found.removeLast()
      return false
    }
    return descend(file.root) ? found : []
  }

  /// Where the line begins in which a node begins.
  func lineStart(_ node: SourceNode) -> Int {
    var at = node.span.bytes.lowerBound
    while at > 0, bytes[at - 1] != 10, bytes[at - 1] != 13 { at -= 1 }
    return at
  }

  /// The blanks before a node that is the first thing of its line; `nil` where something stands before it.
  func indentation(_ node: SourceNode) -> String? {
    let before = bytes[lineStart(node)..<node.span.bytes.lowerBound]
    guard before.allSatisfy({ $0 == 32 || $0 == 9 }) else { return nil }
    return String(decoding: before, as: UTF8.self)
  }

  /// Whether nothing but a comment follows a node in its last line.
  func endsItsLine(_ node: SourceNode) -> Bool {
    for byte in bytes[node.span.bytes.upperBound...] {
      switch byte {
      case 32, 9: continue
      default: return byte == 10 || byte == 13 || byte == 35
      }
    }
    return true
  }

  /// By how much this file indents a block: the first step that its functions take.
  var step: String {
    for node in file.root.flattened where node.kind == .function || node.kind == .branch {
      guard let inner = node.child(.body), let outer = indentation(node),
        let deeper = indentation(inner), deeper.count > outer.count
      else { continue }
      return String(deeper.dropFirst(outer.count))
    }
    return "    "
  }
}

extension Range<Int> {
  func encloses(_ other: Self) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}

import Interchange
import Languages

extension PythonRepository {
  func syntax(_ path: String, _ lines: [ClosedRange<Int>]?) throws -> SourceFile? {
    let wanted = lines.map {
      JSON.array($0.map { [.integer($0.lowerBound), .integer($0.upperBound)] })
    }
    let answer = try kit.ask(
      "syntax", [.init("path", .string(path)), .init("lines", wanted ?? .null)])
    guard let text = answer["text"]?.text, let root = answer["root"] else { return nil }
    return SourceFile(path: path, text: text, root: SyntaxNodeReader(text: text).node(root))
  }
}

/// Turns the kit's records `[kind, label, field, start, end, children]` into nodes in the words that languages share.
struct SyntaxNodeReader {
  /// Where each line's first byte stands.
  private let starts: [Int]

  init(text: String) {
    let bytes = Array(text.utf8)
    // A mark of the byte order is no column of the first line.
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    for (offset, byte) in bytes.enumerated() {
      let isLast = offset + 1 == bytes.count
      if byte == 0x0A || byte == 0x0D && (isLast || bytes[offset + 1] != 0x0A) {
        starts.append(offset + 1)
      }
    }
    self.starts = starts
  }

  func node(_ record: JSON) -> SourceNode {
    let kind = record[0]?.text ?? ""
    let label = record[1]?.text ?? ""
    let children = (record[5]?.items ?? []).map(node)
    let span = span(record[3]?.integer ?? 0, record[4]?.integer ?? 0)
    let role = Self.roles[record[2]?.text ?? ""] ?? .part
    guard let shared = Self.kinds[kind] else {
      return SourceNode(.other, label: kind, role: role, span: span, children: children)
    }
    return SourceNode(
      Self.kind(kind, label, shared, children), label: Self.label(kind, label), role: role,
      span: span, children: children)
  }

  private func span(_ start: Int, _ end: Int) -> SourceSpan {
    let first = line(of: start)
    let last = line(of: max(start, end - 1))
    return SourceSpan(
      bytes: start..<max(start, end), lines: first + 1...max(first, last) + 1,
      column: max(0, start - starts[first]))
  }

  /// The position of the last line that starts at or before an offset.
  private func line(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// A declared variable without a value only annotates; a named argument without a name is spread.
  private static func kind(
    _ kind: String, _ label: String, _ shared: SourceNode.Kind, _ children: [SourceNode]
  ) -> SourceNode.Kind {
    switch kind {
    case "AnnAssign" where !children.contains { $0.role == .value }: .annotation
    case "keyword" where label.isEmpty: .spread
    default: shared
    }
  }

  private static func label(_ kind: String, _ label: String) -> String {
    switch kind {
    case "Constant": literals[label] ?? label
    case "Starred": "*"
    case "keyword" where label.isEmpty: "**"
    case "ListComp": "list"
    case "SetComp": "set"
    case "DictComp": "map"
    case "GeneratorExp": "lazy"
    case "YieldFrom": "from"
    default: label
    }
  }
}

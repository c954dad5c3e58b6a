import Languages

/// Which hunks can be undone one by one, and which only together.
///
/// Undoing a hunk alone has to leave whole statements: hunks that one simple statement or one header holds go together, and so do
/// those in the body of a header that the patch adds or removes, because there the indentation changes with it. Hunks of blanks
/// and comments alone are no hunks here.
struct HunkGrouping {
  let hunks: [Hunk]
  let groups: [Hunk]
  private let after: SourceNode
  private let before: SourceNode

  init(_ difference: LineDifference, before: SourceNode, after: SourceNode) {
    self.before = before
    self.after = after
    let lines = (CodeLines(difference.before, before), CodeLines(difference.after, after))
    hunks = difference.hunks.filter {
      lines.0.hold($0.before, in: difference.before) || lines.1.hold($0.after, in: difference.after)
    }
    var groups = hunks
    for (node, isAfter) in before.flattened.map({ ($0, false) })
      + after.flattened.map({ ($0, true) })
    {
      for range in Self.inseparable(node, isAfter: isAfter, hunks, before: before, after: after) {
        groups = Self.joined(groups, in: range, isAfter: isAfter)
      }
    }
    self.groups = groups
  }

  /// The innermost function whose head or body holds all of the group, on both sides.
  func function(of group: Hunk) -> String? {
    let now = Self.function(around: group.after, in: after, names: [])
    let then = Self.function(around: group.before, in: before, names: [])
    if group.before.isEmpty { return now }
    return group.after.isEmpty || now == then ? then : nil
  }

  private static func function(around lines: Range<Int>, in node: SourceNode, names: [String])
    -> String?
  {
    for child in node.children {
      let isNamed = child.kind == .function || child.kind == .type
      guard isNamed || child.span.holds(lines) else { continue }
      let inner = isNamed ? names + [child.label] : names
      let body = child.children(.body)
      if isNamed {
        guard let first = body.first, let last = body.last,
          first.span.lines.lowerBound > child.span.lines.lowerBound
        else { continue }
        let begin = child.kind == .function ? child.span : first.span
        guard begin.lines.lowerBound - 1 <= lines.lowerBound,
          lines.upperBound <= last.span.lines.upperBound + (lines.isEmpty ? 1 : 0)
        else { continue }
      }
      if let found = function(around: lines, in: child, names: inner) { return found }
      return child.kind == .function ? inner.joined(separator: ".") : nil
    }
    return nil
  }

  /// Lines (counted from 0) of the node that can only change together.
  private static func inseparable(
    _ node: SourceNode, isAfter: Bool, _ hunks: [Hunk], before: SourceNode, after: SourceNode
  ) -> [Range<Int>] {
    guard node.isStatement else { return [] }
    let first = node.span.lines.lowerBound - 1
    let all = first..<node.span.lines.upperBound
    let inner = node.children.flatMap(\.innerStatements)
    guard let body = inner.map({ $0.span.lines.lowerBound - 1 }).min(), !inner.isEmpty else {
      return all.count > 1 ? [all] : []
    }
    let header = first..<max(body, first + 1)
    let opened = hunks.first { (isAfter ? $0.after : $0.before).contains(first) }
    guard let opened else { return header.count > 1 ? [header] : [] }
    let other = isAfter ? opened.before : opened.after
    let hasCounterpart = (isAfter ? before : after).flattened.contains {
      $0.kind == node.kind && $0.span.column == node.span.column
        && other.contains($0.span.lines.lowerBound - 1)
    }
    return hasCounterpart ? (header.count > 1 ? [header] : []) : [all]
  }

  /// The groups with those that touch these lines made one.
  private static func joined(_ groups: [Hunk], in range: Range<Int>, isAfter: Bool) -> [Hunk] {
    let touching = groups.indices.filter { place in
      let lines = isAfter ? groups[place].after : groups[place].before
      return lines.overlaps(range)
        || lines.isEmpty && range.lowerBound < lines.lowerBound
          && lines.lowerBound < range.upperBound
    }
    guard touching.count > 1, let first = touching.first, let last = touching.last else {
      return groups
    }
    let one = Hunk(
      before: groups[first].before.lowerBound..<groups[last].before.upperBound,
      after: groups[first].after.lowerBound..<groups[last].after.upperBound)
    return Array(groups[..<first]) + [one] + Array(groups[(last + 1)...])
  }
}

/// The lines of a file on which code stands, as against blanks, comments and documentation.
private struct CodeLines {
  private let lines: Set<Int>
  private let keywords: Set<Int>

  init(_ text: [Substring], _ root: SourceNode) {
    var lines = Set<Int>()
    var stack = [root]
    while let node = stack.popLast() {
      guard !node.isDocumentation else { continue }
      if node.children.isEmpty {
        lines.formUnion(node.span.lines.map { $0 - 1 })
      } else if node.kind != .module {
        lines.insert(node.span.lines.lowerBound - 1)
      }
      stack += node.children
    }
    self.lines = lines
    // `else:` has no node; a word with a colon is no comment.
    keywords = Set(
      text.indices.filter { text[$0].flattenedWord.last == ":" || text[$0].flattenedWord == "}" })
  }

  func hold(_ range: Range<Int>, in text: [Substring]) -> Bool {
    range.contains { lines.contains($0) || keywords.contains($0) }
  }
}

extension Substring {
  /// The line if it is a single word, else nothing.
  fileprivate var flattenedWord: String {
    let word = String(self).flattened
    return word.contains(" ") || word.hasPrefix("#") || word.hasPrefix("//") ? "" : word
  }
}

extension SourceSpan {
  fileprivate func holds(_ range: Range<Int>) -> Bool {
    lines.lowerBound - 1 <= range.lowerBound && range.upperBound <= lines.upperBound
  }
}

extension SourceNode {
  var isStatement: Bool {
    switch kind {
    case .function, .type, .importing, .bind, .update, .evaluate, .give, .fail, .check, .branch,
      .forEach, .loop, .with, .attempt, .handler, .leave, .proceed, .pass, .remove, .outer:
      true
    case .other: role == .body || role == .otherwise || role == .finally
    default: false
    }
  }

  /// The outermost statements below, of this node itself or inside it.
  fileprivate var innerStatements: [SourceNode] {
    isStatement && kind != .module ? [self] : children.flatMap(\.innerStatements)
  }
}

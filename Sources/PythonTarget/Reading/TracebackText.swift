import Failures

/// Python's own account of a failure, as it stands in logs and on terminals: the exceptions of a chain, oldest first.
///
/// Source lines are evidence as in an event. Lines of other writers between are stepped over where what wrote this put a mark before
/// each line of its own (`web-1  | `); a message ends at a blank line, or where another record begins.
public struct TracebackText {
  private static let head = "Traceback (most recent call last):"
  /// Frames of one exception that are kept; a recursion has a thousand.
  private static let limit = 400

  private var lines: [Substring]
  private var at = 0
  private var exceptions: [ExceptionRecord] = []

  /// The last chain in a text; empty where it holds none.
  public static func read(_ text: String) -> [ExceptionRecord] {
    var reader = TracebackText(text)
    return reader.chain()
  }

  private init(_ text: String) {
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  private mutating func chain() -> [ExceptionRecord] {
    var isLinked = false
    while at < lines.count {
      let line = lines[at]
      guard let head = line.range(of: Self.head) else {
        isLinked = isLinked || Self.links(line)
        at += 1
        continue
      }
      let mark = String(line[..<head.lowerBound])
      let isGroup = mark.hasSuffix("Exception Group ")
      at += 1
      guard let found = exception(mark: Self.mark(mark, isGroup: isGroup)) else { continue }
      // What is inside a group is told after the group itself, and has failed before it.
      let isInside = mark.contains("| ") || mark.contains("+ ")
      if isInside, !isGroup, !exceptions.isEmpty { continue }
      exceptions = isLinked ? exceptions + [found] : [found]
      isLinked = false
    }
    return exceptions
  }

  /// The mark that the lines below the head bear too.
  private static func mark(_ text: String, isGroup: Bool) -> String {
    guard isGroup else { return text }
    let outer = text.dropLast("Exception Group ".count)
    return outer.hasSuffix("+ ") ? outer.dropLast(2) + "| " : String(outer)
  }

  private static func links(_ line: Substring) -> Bool {
    line.contains("During handling of the above exception")
      || line.contains("The above exception was the direct cause")
  }

  // MARK: one exception

  private mutating func exception(mark: String) -> ExceptionRecord? {
    var frames: [Frame] = []
    while let line = own(mark) {
      if let frame = Self.frame(line) {
        if frames.count < Self.limit { frames.append(frame) }
      } else if let count = Self.repetitions(line), let last = frames.last {
        frames += Array(repeating: last, count: min(count, Self.limit - frames.count))
      } else if line.hasPrefix("    "), let last = frames.indices.last {
        let source = line.dropFirst(4)
        if frames[last].sourceLine == nil, !source.allSatisfy({ "^~ ".contains($0) }) {
          frames[last].sourceLine = String(source)
        }
      } else if !line.hasPrefix("  ") {
        return Self.raised(line + continuation(mark), frames)
      }
    }
    return nil
  }

  /// The next line of this record without its mark; passes over those of others.
  private mutating func own(_ mark: String) -> Substring? {
    while at < lines.count {
      defer { at += 1 }
      if mark.isEmpty { return lines[at] }
      if lines[at].hasPrefix(mark) { return lines[at].dropFirst(mark.count) }
      // A logger marks the first line of a record only.
      if lines[at].hasPrefix("  ") || Self.looksRaised(lines[at]) { return lines[at] }
    }
    return nil
  }

  /// The further lines of a message.
  private mutating func continuation(_ mark: String) -> String {
    var text = ""
    while at < lines.count, text.utf8.count < 4000 {
      let line = lines[at].hasPrefix(mark) ? lines[at].dropFirst(mark.count) : lines[at]
      guard !line.isEmpty, !line.contains(Self.head), !Self.links(line), !Self.beginsRecord(line),
        mark.isEmpty || lines[at].hasPrefix(mark)
      else { break }
      text += "\n" + line
      at += 1
    }
    return text
  }

  /// A date, a level, or a structure at the start of a line.
  private static func beginsRecord(_ line: Substring) -> Bool {
    let levels = ["DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL", "FATAL", "[", "{"]
    return levels.contains(where: line.hasPrefix) || line.prefixMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil
  }

  private static func looksRaised(_ line: Substring) -> Bool {
    line.prefixMatch(of: /([A-Za-z_][A-Za-z0-9_]*\.)*[A-Z][A-Za-z0-9_]*(:|$)/) != nil
  }

  /// `  File "shop/cart.py", line 12, in total`
  private static func frame(_ line: Substring) -> Frame? {
    guard let match = line.wholeMatch(of: /\ \ File "(.+)", line ([0-9]+)(?:, in (.+))?\s*/),
      let number = Int(match.2)
    else { return nil }
    let path = String(match.1)
    return Frame(
      file: path, absolutePath: path.hasPrefix("/") ? path : nil,
      function: match.3.map(String.init) ?? "<module>", line: number)
  }

  private static func repetitions(_ line: Substring) -> Int? {
    line.wholeMatch(of: /\ \ \[Previous line repeated ([0-9]+) more times?\]\s*/).flatMap { Int($0.1) }
  }

  /// `shop.errors.Refused: no more of it`, and `KeyError` alone.
  private static func raised(_ text: String, _ frames: [Frame]) -> ExceptionRecord? {
    guard let match = text.prefixMatch(of: /([^\s:]+)(?:: )?/), !frames.isEmpty || text.contains(":") else {
      return nil
    }
    let full = match.1
    let type = full.split(separator: ".").last.map(String.init) ?? String(full)
    let module = full.contains(".") ? String(full.dropLast(type.count + 1)) : nil
    return ExceptionRecord(
      type: type, module: module, message: String(text[match.range.upperBound...]), frames: frames)
  }
}

extension StringProtocol {
  fileprivate func range(of words: String) -> Range<Index>? {
    firstRange(of: words)
  }
}

import Failures

/// Python's own account of a failure, as it stands in logs and on terminals: the exceptions of a chain, oldest first.
///
/// Source lines are evidence as in an event. Lines of other writers between are stepped over where what wrote this put a mark before
/// each line of its own (`web-1  | `); a message ends at a blank line, or where another record begins.
public struct TracebackText {
  private static let head = "Traceback (most recent call last):"
  /// Frames of one exception that are kept; a recursion has a thousand.
  private static let limit = 400
  /// Writers that are told apart: each reads the whole text once more.
  private static let writerLimit = 4

  private var lines: [Substring]
  private var at = 0
  private var exceptions: [ExceptionRecord] = []

  /// The last chain in a text; empty where it holds none.
  public static func read(_ text: String) -> [ExceptionRecord] {
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    var newest: (end: Int, chain: [ExceptionRecord]) = (-1, [])
    for mark in writers(in: lines) {
      let own = lines.enumerated().compactMap { number, line in
        mark.rest(of: line).map { (number, $0) }
      }
      var reader = TracebackText(lines: own.map(\.1))
      let chain = reader.chain()
      if !chain.isEmpty, own[reader.end].0 > newest.end { newest = (own[reader.end].0, chain) }
    }
    return newest.chain
  }

  /// The marks of the writers that have a stack in the text; one without a mark reads all of it.
  private static func writers(in lines: [Substring]) -> [Mark] {
    var marks: [Mark] = []
    // From the end: what is looked for is the newest.
    for line in lines.reversed() where marks.count < writerLimit {
      guard let head = line.range(of: head) else { continue }
      let before = String(line[..<head.lowerBound]).replacing("Exception Group ", with: "")
      // What is inside a group is set in; that is no mark of a writer.
      let isInside = before.first?.isWhitespace ?? true
      let mark = Mark(isInside ? "" : before)
      if !marks.contains(mark) { marks.append(mark) }
    }
    return marks
  }

  /// The last line of the newest exception.
  private var end = 0

  private init(lines: [Substring]) { self.lines = lines }

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
      end = max(0, at - 1)
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
    let mark = Mark(mark)
    var frames: [Frame] = []
    while let line = own(mark) {
      if let frame = Self.frame(line) {
        // What a syntax error is about is no frame.
        if frame.file.hasPrefix("<"), frame.function == "<module>" { continue }
        if frames.count < Self.limit { frames.append(frame) }
      } else if let count = Self.repetitions(line), let last = frames.last {
        frames += Array(repeating: last, count: min(count, Self.limit - frames.count))
      } else if line.hasPrefix("    "), let last = frames.indices.last {
        let source = line.dropFirst(4)
        if frames[last].sourceLine == nil, source.contains(where: { $0.isLetter }) {
          frames[last].sourceLine = String(source)
        }
      } else if !line.isEmpty, !line.hasPrefix("  ") {
        return Self.raised(line + continuation(mark), frames)
      }
    }
    return nil
  }

  /// The next line of this record without its mark; passes over those of others.
  private mutating func own(_ mark: Mark) -> Substring? {
    while at < lines.count {
      let line = lines[at]
      // Another chain begins: this one was cut.
      if line.contains(Self.head), mark.rest(of: line) != nil { return nil }
      at += 1
      if let rest = mark.rest(of: line) { return rest }
    }
    return nil
  }

  /// The further lines of a message.
  private mutating func continuation(_ mark: Mark) -> String {
    var text = ""
    while at < lines.count, text.utf8.count < 4000 {
      guard let line = mark.rest(of: lines[at]) else {
        at += 1
        continue
      }
      guard !line.isEmpty, !line.contains(Self.head), !Self.links(line), !Self.beginsRecord(line),
        !line.contains("+----")
      else { break }
      text += "\n" + line
      at += 1
    }
    return text
  }

  /// A date, a level, or a structure at the start of a line.
  private static func beginsRecord(_ line: Substring) -> Bool {
    let levels = [
      "DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL", "FATAL", "[", "{", "nevermore=",
    ]
    return levels.contains(where: line.hasPrefix)
      || line.prefixMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil
  }

  /// `  File "shop/cart.py", line 12, in total`
  private static func frame(_ line: Substring) -> Frame? {
    // Loguru marks the frame that logged.
    guard let match = line.wholeMatch(of: /[\ >]\ File "(.+)", line ([0-9]+)(?:, in (.+))?\s*/),
      let number = Int(match.2)
    else { return nil }
    let path = String(match.1)
    return Frame(
      file: path, absolutePath: path.hasPrefix("/") ? path : nil,
      function: match.3.map(String.init) ?? "<module>", line: number)
  }

  private static func repetitions(_ line: Substring) -> Int? {
    line.wholeMatch(of: /\ \ \[Previous line repeated ([0-9]+) more times?\]\s*/).flatMap {
      Int($0.1)
    }
  }

  /// `shop.errors.Refused: no more of it`, and `KeyError` alone.
  private static func raised(_ text: String, _ frames: [Frame]) -> ExceptionRecord? {
    guard let match = text.prefixMatch(of: /([^\s:]+)(?:: )?/),
      !frames.isEmpty || text.contains(":")
    else {
      return nil
    }
    let (module, name) = QualifiedType.parted(String(match.1), frames: frames)
    return ExceptionRecord(
      type: name, module: module, message: String(text[match.range.upperBound...]), frames: frames)
  }
}

/// What a collector or a container's runtime puts before each line; times in it differ from line to line.
private struct Mark: Equatable {
  private let text: String
  private let hasTimes: Bool

  init(_ text: String) {
    self.text = Self.timeless(text)
    hasTimes = text.contains(/[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]/)
  }

  /// A line without this mark; `nil` for a line of another writer.
  func rest(of line: Substring) -> Substring? {
    if text.isEmpty { return line }
    if !hasTimes, line.hasPrefix(text) { return line.dropFirst(text.count) }
    guard hasTimes else { return line == text.trimmed ? "" : nil }
    // What stands before the text may have lost its last blank.
    let start = line.prefix(text.count)
    if Self.timeless(String(start)) == text { return line.dropFirst(text.count) }
    return Self.timeless(String(line)) == text.trimmed ? "" : nil
  }

  private static func timeless(_ text: String) -> String {
    text.replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.,]+/) { match in
      String(match.output.map { $0.isNumber ? "0" : $0 })
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    String(reversed().drop(while: \.isWhitespace).reversed())
  }
}

extension StringProtocol {
  fileprivate func range(of words: String) -> Range<Index>? {
    firstRange(of: words)
  }
}

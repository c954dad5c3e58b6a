/// Reads unified diffs as people have them: of `git diff`, `git format-patch` with its mail, `diff
/// -u`, with a preamble, with carriage returns.
///
/// Counts in hunk headers that contradict the lines, as hand-written patches have them, are not
/// believed: then a hunk ends where its lines do.
struct DiffReader {
  private let lines: [ArraySlice<UInt8>]
  private var place = 0
  private var changes: [FileChange] = []

  private init(_ bytes: [UInt8]) {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    self.lines = lines
  }

  static func read(_ bytes: [UInt8]) throws(PatchError) -> [FileChange] {
    var reader = DiffReader(bytes)
    while reader.place < reader.lines.count { try reader.readLine() }
    return reader.changes
  }

  private mutating func readLine() throws(PatchError) {
    let line = text(place)
    if line.hasPrefix("diff --git ") {
      try readGitHeader(line)
    } else if line.hasPrefix("diff --cc ") || line.hasPrefix("diff --combined ") {
      throw .unsupported("the combined diff of a merge", line: place + 1)
    } else if line.hasPrefix("*** "), text(place + 1).hasPrefix("--- "),
      text(place + 2).hasPrefix("****")
    {
      throw .unsupported("a context diff", line: place + 1)
    } else if isPlainHeader(place) {
      try readPlainHeader()
    } else if line.hasPrefix("@@ -") {
      try readHunk()
    } else if line.hasPrefix("Binary files ") || line.hasPrefix("GIT binary patch") {
      if changes.isEmpty {
        throw .malformed(line: place + 1, reason: "it says that files differ, not how")
      }
      changes[changes.count - 1].isBinary = true
      place += 1
    } else {
      place += 1
    }
  }

  // MARK: headers

  private func isPlainHeader(_ place: Int) -> Bool {
    text(place).hasPrefix("--- ") && text(place + 1).hasPrefix("+++ ")
      && text(place + 2).hasPrefix("@@ -")
  }

  private mutating func readPlainHeader() throws(PatchError) {
    let old = try DiffPath.ofHeader(text(place).dropFirst(4), line: place + 1)
    let new = try DiffPath.ofHeader(text(place + 1).dropFirst(4), line: place + 2)
    var change = FileChange(line: place + 1, isGit: false, old: old, new: new)
    change.isCreated = old == nil
    change.isRemoved = new == nil
    changes.append(change)
    place += 2
  }

  private mutating func readGitHeader(_ header: String) throws(PatchError) {
    var change = FileChange(line: place + 1, isGit: true)
    let names = DiffPath.ofGitHeader(header.dropFirst("diff --git ".count))
    (change.old, change.new) = (names?.old, names?.new)
    var hasNames = names != nil
    place += 1
    while place < lines.count {
      let line = text(place)
      let words = line.split(separator: " ", maxSplits: 2).map(String.init)
      switch words.prefix(2) {
      case ["old", "mode"], ["new", "mode"], ["new", "file"], ["deleted", "file"]:
        change.isCreated = change.isCreated || words[..<2] == ["new", "file"]
        change.isRemoved = change.isRemoved || words[0] == "deleted"
        change.modes.append(String(line.split(separator: " ").last ?? ""))
      case ["rename", "from"], ["copy", "from"]:
        change.isRenamed = words[0] == "rename"
        change.isCopied = words[0] == "copy"
        change.old = try DiffPath.unquoted(words.dropFirst(2).joined(), line: place + 1)
      case ["rename", "to"], ["copy", "to"]:
        change.new = try DiffPath.unquoted(words.dropFirst(2).joined(), line: place + 1)
        hasNames = true
      case ["similarity", "index"], ["dissimilarity", "index"]: break
      default:
        guard line.hasPrefix("index ") else {
          try readNames(into: &change, hasNames: hasNames)
          return
        }
      }
      place += 1
    }
    try readNames(into: &change, hasNames: hasNames)
  }

  /// The two lines with names that end a header, where the file's contents change.
  private mutating func readNames(
    into change: inout FileChange, hasNames: Bool
  ) throws(PatchError) {
    if text(place).hasPrefix("--- "), text(place + 1).hasPrefix("+++ ") {
      let old = try DiffPath.ofHeader(text(place).dropFirst(4), line: place + 1)
      let new = try DiffPath.ofHeader(text(place + 1).dropFirst(4), line: place + 2)
      change.isCreated = change.isCreated || old == nil
      change.isRemoved = change.isRemoved || new == nil
      if !change.isRenamed, !change.isCopied { (change.old, change.new) = (old, new) }
      place += 2
    } else if !hasNames {
      throw .malformed(line: change.line, reason: "the names in the header cannot be told apart")
    }
    if change.isCreated { change.old = nil }
    if change.isRemoved { change.new = nil }
    changes.append(change)
  }

  // MARK: hunks

  private mutating func readHunk() throws(PatchError) {
    let line = place + 1
    guard !changes.isEmpty else {
      throw .malformed(line: line, reason: "no header names the file of this hunk")
    }
    let header = text(place)
    guard
      let match = header.firstMatch(
        of: /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/),
      let oldStart = Int(match.1), let newStart = Int(match.3)
    else { throw .malformed(line: line, reason: "a hunk starts `@@ -line,count +line,count @@`") }
    let old = match.2.flatMap { Int($0) } ?? 1
    let new = match.4.flatMap { Int($0) } ?? 1
    place += 1
    let end = counted(from: place, old: old, new: new) ?? structural(from: place)
    guard end > place else { throw .malformed(line: line, reason: "the hunk has no lines") }
    changes[changes.count - 1].hunks.append(
      FileChange.Hunk(
        line: line, oldStart: oldStart, newStart: newStart, lines: Array(lines[place..<end])))
    place = end
  }

  /// Where the hunk ends if its counts are right; `nil` where the lines contradict them.
  private func counted(from start: Int, old: Int, new: Int) -> Int? {
    var (old, new, end) = (old, new, start)
    while old > 0 || new > 0 {
      guard end < lines.count else { return nil }
      switch lines[end].first {
      case UInt8(ascii: " "), nil, 13: (old, new) = (old - 1, new - 1)
      case UInt8(ascii: "-"): old -= 1
      case UInt8(ascii: "+"): new -= 1
      case UInt8(ascii: "\\"): break
      default: return nil
      }
      end += 1
    }
    guard old == 0, new == 0 else { return nil }
    if end < lines.count, lines[end].first == UInt8(ascii: "\\") { end += 1 }
    var next = end
    while next < lines.count, lines[next].allSatisfy({ $0 == 13 }) { next += 1 }
    return isOutside(next) ? end : nil
  }

  /// Where the lines end that can belong to the hunk.
  private func structural(from start: Int) -> Int {
    var end = start
    while end < lines.count, !isOutside(end) { end += 1 }
    // Empty lines before what follows are space between two parts, not context.
    while end > start, lines[end - 1].allSatisfy({ $0 == 13 }) { end -= 1 }
    return end
  }

  /// Whether a line is none of a hunk's: the next header, the signature of a mail, other text.
  private func isOutside(_ place: Int) -> Bool {
    guard place < lines.count else { return true }
    guard let mark = lines[place].first else { return false }
    if isPlainHeader(place) || text(place) == "-- " || text(place) == "--" { return true }
    return ![" ", "+", "-", "\\", "\r"].map { UInt8(ascii: $0) }.contains(mark)
  }

  /// A line without a carriage return at its end; empty after the last one.
  private func text(_ place: Int) -> String {
    guard place < lines.count else { return "" }
    let line = lines[place]
    return String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
  }
}

/// What a diff says of one file, before any tree is asked whether it can be so.
struct FileChange {
  struct Hunk {
    /// The line of the diff where it starts.
    var line: Int
    var oldStart: Int
    var newStart: Int
    /// Lines with their marks, without their ends.
    var lines: [ArraySlice<UInt8>]

    /// How many lines of the file it takes and gives. An empty line is an empty line of context
    /// whose mark an editor took away.
    var counts: (old: Int, new: Int) {
      lines.reduce(into: (0, 0)) { counts, line in
        switch line.first {
        case UInt8(ascii: "-"): counts.0 += 1
        case UInt8(ascii: "+"): counts.1 += 1
        case UInt8(ascii: "\\"): break
        default:
          counts.0 += 1
          counts.1 += 1
        }
      }
    }
  }

  /// The line of the diff where it starts.
  var line: Int
  var isGit: Bool
  /// As the diff names them, with what stands before the path; `nil` for `/dev/null`.
  var old: String?
  var new: String?
  /// Named without anything before the path.
  var isRenamed = false
  var isCopied = false
  var isCreated = false
  var isRemoved = false
  /// Modes of the header that are not those of a plain file, or differ.
  var modes: [String] = []
  var isBinary = false
  var hunks: [Hunk] = []

  /// A bare header, as of a file that only its times changed, says nothing.
  var saysSomething: Bool {
    isRenamed || isCopied || isCreated || isRemoved || isBinary || !modes.isEmpty || !hunks.isEmpty
  }
}

extension FileChange {
  /// The change in `git`'s own form, for `git apply -p1`, with counts of our own.
  ///
  /// Nothing of the text that came is in it but the lines of its hunks.
  func text(old: String, new: String) -> [UInt8] {
    var text = Array("diff --git \(Self.quoted("a/\(old)")) \(Self.quoted("b/\(new)"))\n".utf8)
    func add(_ line: String) { text += Array("\(line)\n".utf8) }
    if isCreated { add("new file mode 100644") }
    if isRemoved { add("deleted file mode 100644") }
    if isRenamed || isCopied {
      let verb = isRenamed ? "rename" : "copy"
      add("\(verb) from \(Self.quoted(old))")
      add("\(verb) to \(Self.quoted(new))")
    }
    guard !hunks.isEmpty else { return text }
    add("--- \(isCreated ? "/dev/null" : Self.quoted("a/\(old)"))")
    add("+++ \(isRemoved ? "/dev/null" : Self.quoted("b/\(new)"))")
    for hunk in hunks {
      let counts = hunk.counts
      add("@@ -\(hunk.oldStart),\(counts.old) +\(hunk.newStart),\(counts.new) @@")
      for line in hunk.lines { text += (line.isEmpty ? [UInt8(ascii: " ")] : line) + [10] }
    }
    return text
  }

  /// A path as `git` reads it back, whatever is in it.
  private static func quoted(_ path: String) -> String {
    let octal = path.utf8.map { byte in
      let isPlain = byte > 0x20 && byte < 0x7f && byte != UInt8(ascii: "\"")
      if isPlain, byte != UInt8(ascii: "\\") { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
    return "\"\(octal.joined())\""
  }
}

extension FileChange {
  /// Fits the ends of its lines to the file that it changes: mail and editors turn all lines of a
  /// patch to one form, whatever the file has.
  mutating func fitLineEnds(to bytes: [UInt8]) {
    let ends = bytes.indices.filter { bytes[$0] == 10 }
    let returns = ends.count { $0 > 0 && bytes[$0 - 1] == 13 }
    let bodies = hunks.flatMap(\.lines).filter { $0.first != UInt8(ascii: "\\") }
    let marked = bodies.count { $0.last == 13 }
    if returns == 0, marked > 0, marked == bodies.count {
      changeLines { $0.last == 13 ? $0.dropLast() : $0 }
    } else if returns > 0, returns == ends.count, marked == 0 {
      changeLines { $0 + [13] }
    }
  }

  private mutating func changeLines(_ change: (ArraySlice<UInt8>) -> ArraySlice<UInt8>) {
    for hunk in hunks.indices {
      for place in hunks[hunk].lines.indices {
        let line = hunks[hunk].lines[place]
        // The last line of a file may have no end, and then it has no carriage return either.
        let isLast =
          hunks[hunk].lines.dropFirst(place + 1).first?.first == UInt8(ascii: "\\")
        if line.first != UInt8(ascii: "\\"), !isLast || line.last == 13 {
          hunks[hunk].lines[place] = change(line)
        }
      }
    }
  }
}

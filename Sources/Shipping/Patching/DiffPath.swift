/// The names of files in the headers of a diff.
enum DiffPath {
  /// The name in a line that starts with `---` or `+++`: without the time behind a tab; `nil` for a
  /// file that is not there.
  static func ofHeader(_ text: Substring, line: Int) throws(PatchError) -> String? {
    if text.first == "\"" { return try unquoted(String(text), line: line) }
    let parts = text.split(separator: "\t", maxSplits: 1)
    let name = parts.first.map(String.init)?.trimmingSpaces ?? ""
    // `diff -N` says by the start of time that a file was not there.
    let isNothing = parts.dropFirst().first.map {
      $0.hasPrefix("1970-01-01 ") || $0.hasPrefix("1969-12-31 ")
    }
    if name == "/dev/null" || isNothing == true { return nil }
    return try checked(name, line: line)
  }

  /// The two names of `diff --git`, which nothing but their likeness tells apart where they have
  /// spaces; `nil` where that does not help.
  static func ofGitHeader(_ text: Substring) -> (old: String, new: String)? {
    if text.first == "\"" {
      guard let (old, rest) = quoted(text), let new = try? unquoted(rest.trimmingSpaces, line: 0)
      else { return nil }
      return (old, new)
    }
    for space in text.indices where text[space] == " " {
      let old = String(text[..<space])
      guard let new = try? unquoted(String(text[space...].dropFirst()), line: 0) else { continue }
      if old == new || (old.contains("/") && stripped(old) == stripped(new)) { return (old, new) }
    }
    return nil
  }

  /// A name, with `git`'s quotes taken away if it has them.
  static func unquoted(_ text: String, line: Int) throws(PatchError) -> String {
    guard text.first == "\"" else { return try checked(text, line: line) }
    guard let (name, _) = quoted(text[...]) else {
      throw .malformed(line: line, reason: "the quotes around a name are not closed")
    }
    return try checked(name, line: line)
  }

  /// Without its first component.
  static func stripped(_ path: String) -> String? {
    path.firstIndex(of: "/").map { String(path[path.index(after: $0)...]) }
  }

  private static func checked(_ name: String, line: Int) throws(PatchError) -> String {
    guard !name.isEmpty else { throw .malformed(line: line, reason: "a file has no name") }
    guard !name.unicodeScalars.contains("\u{fffd}") else {
      throw .unsafePath(name, reason: "its name is not UTF-8")
    }
    return name
  }

  /// Reads a quoted name at the start of a text and gives what follows.
  private static func quoted(_ text: Substring) -> (name: String, rest: String)? {
    var bytes: [UInt8] = []
    var rest = text.utf8.dropFirst()
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") {
        return (String(decoding: bytes, as: UTF8.self), String(Substring(rest)))
      }
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      guard let escaped = rest.popFirst() else { return nil }
      if let letter = letters[escaped] {
        bytes.append(letter)
      } else {
        let digits = String(UnicodeScalar(escaped)) + String(Substring(rest.prefix(2)))
        guard let value = UInt8(digits, radix: 8), digits.utf8.count == 3 else { return nil }
        bytes.append(value)
        rest = rest.dropFirst(2)
      }
    }
    return nil
  }

  private static let letters: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10,
    UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
  ]
}

extension String {
  fileprivate var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

extension Repository {
  /// Which of these texts stand in the files of a commit: each as a word of its own, short ones only between quotes; or, for `parts`,
  /// anywhere.
  ///
  /// What the repository holds is known to all who have it.
  public func held(
    among texts: Set<String>, at revision: Revision, asParts parts: Bool = false
  ) throws(RepositoryError) -> Set<String> {
    let asked = texts.filter { $0.utf8.count >= 3 && $0.utf8.count <= 400 && !$0.contains("\n") }
    guard !asked.isEmpty else { return [] }
    let patterns = asked.sorted().joined(separator: "\n") + "\n"
    let answer = try git.run(
      ["grep", "-I", "-h", "--no-color", "-F", "-f", "-", revision.id, "--"],
      input: Array(patterns.utf8), limit: 8 << 20)
    guard answer.status == 0 else { return [] }
    return asked.filter { Self.holds(answer.output, Array($0.utf8), asPart: parts) }
  }

  /// Shorter texts are words of any language.
  private static let shortest = 8

  private static func holds(_ lines: [UInt8], _ text: [UInt8], asPart: Bool) -> Bool {
    var position = 0
    while position + text.count <= lines.count {
      guard lines[position] == text[0],
        lines[position..<(position + text.count)].elementsEqual(text)
      else {
        position += 1
        continue
      }
      let before = position > 0 ? lines[position - 1] : 10
      let end = position + text.count
      let after = end < lines.count ? lines[end] : 10
      let isQuoted = (before == 34 || before == 39) && after == before
      let isWord = !before.isWordByte && !after.isWordByte
      if asPart || isQuoted || isWord && text.count >= shortest { return true }
      position += 1
    }
    return false
  }
}

extension UInt8 {
  fileprivate var isWordByte: Bool {
    self >= 0x80 || self == 95 || (48...57).contains(self) || (97...122).contains(self | 0x20)
  }
}

/// What a path of a tree may be, on its own and for every file system that a checkout may land on.
enum TreePath {
  /// Whether a file can be written at this path below a folder: it stays there, and no component is
  /// `.git`.
  static func isContained(_ path: String) -> Bool {
    guard !path.isEmpty, !path.hasPrefix("/"), path.utf8.count <= 3000 else { return false }
    return path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .allSatisfy { component in
        let name = String(Substring(component))
        return !name.isEmpty && name != "." && name != ".." && !name.utf8.contains(0)
          && !name.split(separator: "\\").contains { $0 == ".." || isGitFolder(String($0)) }
      }
  }

  /// Whether some file system takes this name for `.git`: any case, HFS+ with characters that it
  /// ignores, NTFS with points, spaces, streams and the short name `git~1`.
  static func isGitFolder(_ name: String) -> Bool {
    let seen = name.unicodeScalars.filter { !ignoredByHFS.contains($0.value) }
    var text = String(String.UnicodeScalarView(seen)).lowercased()
    if let colon = text.firstIndex(of: ":") { text = String(text[..<colon]) }
    while let last = text.last, last == " " || last == "." { text.removeLast() }
    return text == ".git" || text == "git~1"
  }

  /// Why a new file may not be shipped at this path; `nil` if it may.
  static func objection(toNewFile path: String) -> String? {
    guard isContained(path) else { return "it would leave the tree or enter `.git`" }
    for component in path.split(separator: "/", omittingEmptySubsequences: false) {
      let first = component.unicodeScalars.first { !ignoredByHFS.contains($0.value) }
      if first == "." { return "hidden files and folders steer other programs" }
      if first == "-" { return "a name that starts with `-` is an option to other programs" }
      if component.lowercased().hasPrefix("git~") { return "it is a short name of `.git`" }
      if component.last == " " || component.last == "." || component.first == " " {
        return "some file systems drop the space or point at the end of a name"
      }
      if component.unicodeScalars.contains(where: {
        InertText.isInvisible($0) || $0 == "\\" || $0 == ":"
      }) {
        return "it has a control character, a backslash or a colon"
      }
    }
    return nil
  }

  private static let ignoredByHFS: Set<UInt32> = Set(
    [0x200c...0x200f, 0x202a...0x202e, 0x206a...0x206f, 0xfeff...0xfeff].flatMap { Array($0) })
}

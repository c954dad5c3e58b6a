/// One file, link or submodule of a tree.
public struct TreeEntry: Hashable, Sendable {
  public enum Kind: String, Sendable { case file, executable, link, submodule }

  /// Relative to the repository's root.
  public var path: String
  /// As the tree has it: 0o100644, 0o100755, 0o120000 or 0o160000.
  public var mode: Int
  public var kind: Kind
  public var id: String
  /// In bytes; `nil` for a submodule, and for what a partial clone lacks.
  public var size: Int?
  /// Whether the path's bytes are not UTF-8, so that ``path`` is only a picture of them.
  public var isIllFormed: Bool
}

extension TreeEntry {
  /// Reads one record of `git ls-tree -r -z -l`: `mode type id size<TAB>path`.
  init?(record: ArraySlice<UInt8>) {
    guard let tab = record.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
    let words = record[..<tab].split(separator: UInt8(ascii: " "))
    guard words.count == 4, let mode = Int(String(decoding: words[0], as: UTF8.self), radix: 8)
    else { return nil }
    self.mode = mode
    switch mode & 0o170000 {
    case 0o120000: kind = .link
    case 0o160000: kind = .submodule
    case 0o100000: kind = mode & 0o100 == 0 ? .file : .executable
    default: return nil
    }
    id = String(decoding: words[2], as: UTF8.self)
    size = Int(String(decoding: words[3], as: UTF8.self))
    path = String(decoding: record[(tab + 1)...], as: UTF8.self)
    isIllFormed = !path.utf8.elementsEqual(record[(tab + 1)...])
  }
}

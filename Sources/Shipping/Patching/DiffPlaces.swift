/// Where in a tree the files of a diff lie: how much stands before the paths, and what of it is
/// there.
struct DiffPlaces {
  private let entries: [String: TreeEntry]

  init(_ tree: [TreeEntry]) {
    entries = Dictionary(tree.map { ($0.path, $0) }) { first, _ in first }
  }

  /// A change with the paths of the tree that it is about; a created file has only `new`, a removed
  /// one only `old`, in both places.
  struct Placed {
    var change: FileChange
    var old: String
    var new: String
  }

  /// Finds the paths of all changes, which have one prefix in common: `a/`, that of another folder,
  /// or none.
  func placing(_ changes: [FileChange]) throws(PatchError) -> [Placed] {
    let depths = prefersWhole(changes) ? [0, 1] : [1, 0]
    let depth = depths.first { isThere(changes, depth: $0) } ?? depths[0]
    var placed: [Placed] = []
    for change in changes { placed.append(try place(change, depth: depth, placed)) }
    return placed
  }

  /// Whether the names look like paths with nothing before them: `src/a.py` on both sides.
  private func prefersWhole(_ changes: [FileChange]) -> Bool {
    changes.allSatisfy { change in
      if change.isRenamed || change.isCopied { return true }
      guard let old = change.old, let new = change.new else {
        let only = change.old ?? change.new ?? ""
        return !(only.hasPrefix("a/") || only.hasPrefix("b/"))
      }
      return old.prefix { $0 != "/" } == new.prefix { $0 != "/" } || DiffPath.stripped(new) == nil
    }
  }

  /// Whether every file that must be in the tree is there; a file that an earlier part adds counts.
  private func isThere(_ changes: [FileChange], depth: Int) -> Bool {
    var added: Set<String> = []
    return changes.allSatisfy { change in
      if let new = names(change, depth).new, change.old == nil || change.isRenamed {
        added.insert(new)
      }
      guard change.old != nil else { return names(change, depth).new != nil }
      return [names(change, depth).old, names(change, depth).new].contains { name in
        name.map { entries[$0] != nil || added.contains($0) } ?? false
      }
    }
  }

  private func names(_ change: FileChange, _ depth: Int) -> (old: String?, new: String?) {
    if depth == 0 || change.isRenamed || change.isCopied { return (change.old, change.new) }
    return (change.old.flatMap(DiffPath.stripped), change.new.flatMap(DiffPath.stripped))
  }

  private func place(
    _ change: FileChange, depth: Int, _ earlier: [Placed]
  ) throws(PatchError) -> Placed {
    for raw in [change.old, change.new].compactMap({ $0 }) { try check(raw) }
    var (old, new) = names(change, depth)
    if !change.isRenamed, !change.isCopied, let first = old, let second = new, first != second {
      // `--- a.py.orig`, `+++ a.py`: the one that is there is meant.
      old = entries[second] != nil || entries[first] == nil ? second : first
      new = old
    }
    guard let source = old ?? new, let target = new ?? old else {
      throw .missingFile(change.old ?? change.new ?? "")
    }
    for path in [source, target] { try check(path) }
    let isAdded = earlier.contains { $0.new == source && !$0.change.isRemoved }
    if !change.isCreated, !isAdded, entries[source] == nil { throw .missingFile(source) }
    let isNew = change.isCreated || change.isRenamed || change.isCopied
    if isNew, let entry = entries[target], !earlier.contains(where: { $0.old == target }) {
      throw entry.kind == .submodule ? .submodule(target) : .existingFile(target)
    }
    try refuseKind(of: entries[source])
    return Placed(change: change, old: source, new: target)
  }

  private func check(_ path: String) throws(PatchError) {
    if path.hasPrefix("/") { throw .unsafePath(path, reason: "it is an absolute path") }
    guard TreePath.isContained(path) else {
      throw .unsafePath(path, reason: "it would leave the tree or enter `.git`")
    }
  }

  private func refuseKind(of entry: TreeEntry?) throws(PatchError) {
    guard let entry else { return }
    if entry.kind == .link { throw .symbolicLink(entry.path) }
    if entry.kind == .submodule { throw .submodule(entry.path) }
  }
}

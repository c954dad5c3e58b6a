import Failures

extension PrivateIndex {
  /// What is different from a revision, as a patch. This looks at the result, so that no form of
  /// diff can bring in what is refused.
  func difference(
    from revision: Revision, _ origin: Patch.Origin, _ limits: PatchLimits
  ) throws(PatchError) -> Patch {
    let entries = try changedEntries(from: revision)
    guard !entries.isEmpty else { throw .empty }
    guard entries.count <= limits.files else {
      throw .tooLarge("the number of files", limit: limits.files)
    }
    var files: [String: [UInt8]?] = [:]
    for entry in entries {
      try entry.check()
      files[entry.path] = .some(try contents(of: entry, limits))
    }
    let diff = try Repository.wrapping { () throws(RepositoryError) in
      try demand(["diff-index"] + Self.form + ["--patch", revision.id]).output
    }
    guard diff.count <= limits.bytes else { throw .tooLarge("the diff", limit: limits.bytes) }
    guard let text = String(validating: diff, as: UTF8.self) else {
      throw .notUnicode(entries[0].path)
    }
    return Patch(diff: text, files: files, origin: origin)
  }

  /// One form whatever is configured: no colour, no renames, no program of the repository's.
  private static let form = [
    "--cached", "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv", "--text",
    "--unified=3", "--inter-hunk-context=0", "--diff-algorithm=myers", "--indent-heuristic",
    "--src-prefix=a/", "--dst-prefix=b/", "--abbrev=12", "--no-relative",
  ]

  private func changedEntries(from revision: Revision) throws(PatchError) -> [ChangedEntry] {
    let raw = try Repository.wrapping { () throws(RepositoryError) in
      try demand([
        "diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", revision.id,
      ])
      .output
    }
    let fields = raw.split(separator: 0)
    var entries: [ChangedEntry] = []
    for place in stride(from: 0, to: fields.count - 1, by: 2) {
      entries.append(try ChangedEntry(fields[place], path: fields[place + 1]))
    }
    return entries
  }

  private func contents(
    of entry: ChangedEntry, _ limits: PatchLimits
  ) throws(PatchError) -> [UInt8]? {
    var after: [UInt8]?
    for (mode, id) in [(entry.oldMode, entry.oldID), (entry.newMode, entry.newID)] {
      guard mode != 0 else {
        after = nil
        continue
      }
      let bytes = try Repository.wrapping { () throws(RepositoryError) in
        try demand(["cat-file", "blob", id]).output
      }
      guard !bytes.contains(0) else { throw .binary(entry.path) }
      after = bytes
    }
    guard (after?.count ?? 0) <= limits.bytesPerFile else {
      throw .tooLarge(entry.path, limit: limits.bytesPerFile)
    }
    return after
  }
}

/// One record of `git diff-index --raw -z`: `:mode mode id id status`, then the path.
private struct ChangedEntry {
  var oldMode: Int
  var newMode: Int
  var oldID: String
  var newID: String
  var path: String

  init(_ record: ArraySlice<UInt8>, path: ArraySlice<UInt8>) throws(PatchError) {
    let words = record.dropFirst().split(separator: UInt8(ascii: " ")).map {
      String(decoding: $0, as: UTF8.self)
    }
    let name = String(decoding: path, as: UTF8.self)
    guard words.count == 5, let old = Int(words[0], radix: 8), let new = Int(words[1], radix: 8)
    else { throw .repository(.gitFailed(command: "diff-index", complaint: "no such record")) }
    guard name.utf8.elementsEqual(path), TreePath.isContained(name) else {
      throw .unsafePath(name, reason: "it would leave the tree, or is not UTF-8")
    }
    (oldMode, newMode, oldID, newID, self.path) = (old, new, words[2], words[3], name)
  }

  func check() throws(PatchError) {
    for mode in [oldMode, newMode] {
      if mode & 0o170000 == 0o120000 { throw .symbolicLink(path) }
      if mode & 0o170000 == 0o160000 { throw .submodule(path) }
    }
    let isKept = oldMode == newMode || newMode == 0 || (oldMode == 0 && newMode == 0o100644)
    guard isKept else { throw .modeChange(path) }
  }
}

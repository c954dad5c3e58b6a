extension PrivateIndex {
  /// Applies changes with `git apply`; if they do not apply together, the first that does not is
  /// found.
  func apply(_ changes: [DiffPlaces.Placed], at revision: Revision) throws(PatchError) {
    guard try answer(to: changes[...]).status != 0 else { return }
    try Repository.wrapping { () throws(RepositoryError) in try reset(to: revision) }
    for place in changes.indices {
      let answer = try answer(to: changes[place...place])
      guard answer.status != 0 else { continue }
      throw objection(to: changes[place], answer.complaint)
    }
    throw .doesNotApply(
      changes[0].new, hunk: nil, reason: "its parts apply one by one, not together")
  }

  private func answer(
    to changes: ArraySlice<DiffPlaces.Placed>
  ) throws(PatchError) -> GitRunner.Answer {
    let input = changes.flatMap { $0.change.text(old: $0.old, new: $0.new) }
    return try Repository.wrapping { () throws(RepositoryError) in
      try run(
        ["apply", "--cached", "--whitespace=nowarn", "--no-ignore-whitespace", "-p1", "-"],
        input: input)
    }
  }

  /// `error: patch failed: src/a.py:12` names the line of the hunk's header.
  private func objection(to placed: DiffPlaces.Placed, _ complaint: String) -> PatchError {
    let line = complaint.split(separator: ":").last.flatMap { Int($0) }
    let hunks = placed.change.hunks
    guard complaint.hasPrefix("error: patch failed:"), let line,
      let hunk = hunks.firstIndex(where: { $0.oldStart == line })
    else {
      let reason = complaint.split(separator: ":").last.map(String.init) ?? "`git apply` refuses it"
      return .doesNotApply(
        placed.new, hunk: nil, reason: reason.drop { $0 == " " }.description)
    }
    let isBare = hunks[hunk].lines.allSatisfy { [0x2b, 0x2d, 0x5c].contains($0.first) }
    return .doesNotApply(
      placed.new, hunk: hunk + 1,
      reason: isBare
        ? "it has no lines of context (line \(hunks[hunk].line) of the patch)"
        : "its lines are not in the file (line \(hunks[hunk].line) of the patch)")
  }

  /// Puts whole files in; what was executable stays so.
  func write(_ files: [String: [UInt8]?], over tree: [TreeEntry]) throws(RepositoryError) {
    let modes = Dictionary(tree.map { ($0.path, $0.mode) }) { first, _ in first }
    var records: [UInt8] = []
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
      let mode = modes[path].map { String($0, radix: 8) } ?? "100644"
      if let bytes {
        let blob = try demand(
          ["hash-object", "-w", "-t", "blob", "--no-filters", "--stdin"], input: bytes)
        records += Array("\(mode) \(blob.line)\t\(path)".utf8) + [0]
      } else if modes[path] != nil {
        records += Array("0 \(nothing)\t\(path)".utf8) + [0]
      }
    }
    try demand(["update-index", "-z", "--index-info"], input: records)
  }
}

import Foundation

extension Repository {
  /// Writes a commit's tree into a folder that does not exist or is empty: the committed bytes,
  /// without filters, attributes or line-end conversion; executable modes kept; links that leave
  /// the tree and submodules left out.
  ///
  /// Law: nothing is written outside the folder. Folders come first, then files, each a new one,
  /// then links: no file is ever written through a link.
  @discardableResult
  public func export(
    _ revision: Revision, to directory: String, limits: ExportLimits = ExportLimits()
  ) throws(RepositoryError) -> ExportReport {
    var report = ExportReport()
    let entries = try writable(at: revision, limits, &report)
    try makeEmptyFolder(directory)
    makeFolders(of: entries.map(\.path), in: directory)

    var links: [(entry: TreeEntry, target: [UInt8])] = []
    var files: [(entry: TreeEntry, isWritten: Bool)] = []
    try readBlobs(entries) { entry, bytes throws(RepositoryError) in
      if entry.kind == .link {
        links.append((entry, bytes))
      } else {
        let mode: mode_t = entry.kind == .executable ? 0o755 : 0o644
        let isWritten = FileWriting.create("\(directory)/\(entry.path)", bytes[...], mode: mode)
        // A full disk is no property of the tree.
        if !isWritten, errno == ENOSPC || errno == EDQUOT || errno == EROFS {
          throw RepositoryError.unwritable(entry.path)
        }
        files.append((entry, isWritten))
        report.bytes += bytes.count
      }
    }
    report.files = files.count { $0.isWritten }
    for file in files where !file.isWritten { report.leaveOut(file.entry, .unwritable) }
    makeLinks(links, in: directory, &report)
    return report
  }

  private func writable(
    at revision: Revision, _ limits: ExportLimits, _ report: inout ExportReport
  ) throws(RepositoryError) -> [TreeEntry] {
    let all = try paths(at: revision)
    guard all.count <= limits.entries else {
      throw .tooManyFiles(revision.id, limit: limits.entries)
    }
    var entries: [TreeEntry] = []
    for entry in all {
      if entry.kind == .submodule {
        report.leaveOut(entry, .submodule)
      } else if entry.isIllFormed {
        report.leaveOut(entry, .notUnicode)
      } else if !TreePath.isContained(entry.path) {
        report.leaveOut(entry, .unsafePath)
      } else if let size = entry.size {
        let limit = entry.kind == .link ? 4096 : limits.bytesPerFile
        if size <= limit { entries.append(entry) } else { report.leaveOut(entry, .tooLarge) }
      } else {
        throw .objectMissing(entry.path)
      }
    }
    let total = entries.reduce(0) { $0 + ($1.size ?? 0) }
    guard total <= limits.bytes else {
      throw .tooLarge(revision.id, limit: limits.bytes)
    }
    return entries
  }

  private func readBlobs(
    _ entries: [TreeEntry], each: (TreeEntry, [UInt8]) throws(RepositoryError) -> Void
  ) throws(RepositoryError) {
    let questions = entries.map { "\($0.id)\n" }.joined()
    var batch = BlobBatch(expecting: entries.map(\.id))
    let end = try git.stream(["cat-file", "--batch", "--buffer"], input: Array(questions.utf8)) {
      chunk throws(RepositoryError) in
      try batch.take(chunk) { place, bytes throws(RepositoryError) in
        try each(entries[place], bytes)
      }
    }
    guard end.status == 0, batch.isComplete else {
      throw .gitFailed(command: "cat-file", complaint: end.complaint)
    }
  }

  private func makeEmptyFolder(_ directory: String) throws(RepositoryError) {
    if mkdir(directory, 0o755) == 0 { return }
    var status = stat()
    guard lstat(directory, &status) == 0 else { throw .unwritable(directory) }
    let names = try? FileManager.default.contentsOfDirectory(atPath: directory)
    guard status.st_mode & S_IFMT == S_IFDIR, names?.isEmpty == true else {
      throw .destinationNotEmpty(directory)
    }
  }

  /// A folder that cannot be made shows in the files that it should hold.
  private func makeFolders(of paths: [String], in directory: String) {
    var made: Set<[UInt8]> = []
    for path in paths {
      let bytes = Array(path.utf8)
      for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: "/") {
        let folder = Array(bytes[..<place])
        if made.insert(folder).inserted {
          mkdir("\(directory)/\(String(decoding: folder, as: UTF8.self))", 0o755)
        }
      }
    }
  }

  private func makeLinks(
    _ links: [(entry: TreeEntry, target: [UInt8])], in directory: String,
    _ report: inout ExportReport
  ) {
    let resolution = LinkResolution(
      Dictionary(links.map { (Array($0.entry.path.utf8), $0.target) }) { first, _ in first })
    for (entry, target) in links {
      let text = String(decoding: target, as: UTF8.self)
      guard resolution.staysInside(Array(entry.path.utf8)) else {
        report.leaveOut(entry, .linkLeavesTree)
        continue
      }
      guard text.utf8.elementsEqual(target), symlink(text, "\(directory)/\(entry.path)") == 0
      else {
        report.leaveOut(entry, .unwritable)
        continue
      }
      report.links += 1
    }
  }
}

/// The places of a tree that are taken, on any file system: names that differ only in case or in
/// how a letter is composed are one place.
struct TakenPaths {
  private var entries: Set<String> = []
  private var folders: Set<String> = []

  init(_ tree: [TreeEntry]) {
    for entry in tree { insert(entry.path) }
  }

  /// The part of the path that is a file, a link or a submodule where a folder is needed.
  func obstacle(to path: String) -> String? {
    parents(of: path).first { entries.contains($0.lowercased()) }
  }

  /// Takes a path; `false` if it was taken already.
  mutating func take(_ path: String) -> Bool {
    let key = path.lowercased()
    guard !entries.contains(key), !folders.contains(key) else { return false }
    insert(path)
    return true
  }

  private mutating func insert(_ path: String) {
    entries.insert(path.lowercased())
    for parent in parents(of: path).reversed() {
      guard folders.insert(parent.lowercased()).inserted else { return }
    }
  }

  private func parents(of path: String) -> [String] {
    path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
  }
}

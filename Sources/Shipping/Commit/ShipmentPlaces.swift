/// Where the files of a shipment go: what is free, what a fix may change, and what nobody may.
struct ShipmentPlaces {
  private let entries: [String: TreeEntry]
  private var taken: TakenPaths
  /// What earlier steps added; they are ours to change.
  private var added: Set<String> = []

  init(_ tree: [TreeEntry]) {
    entries = Dictionary(tree.map { ($0.path, $0) }) { first, _ in first }
    taken = TakenPaths(tree)
  }

  /// Modes of the files that are changed, by path; what is new is a plain file.
  mutating func check(_ shipment: Shipment) throws(ShippingError) -> [String: Int] {
    var modes: [String: Int] = [:]
    for (number, step) in shipment.steps.enumerated() {
      for path in step.files.keys.sorted() {
        let isRemoval = step.files[path] == .some(nil)
        if number > 0, added.contains(path) { continue }
        if number > 0, let entry = entries[path] {
          try check(entry)
          modes[path] = entry.mode
        } else if isRemoval {
          throw .missingFile(path)
        } else {
          try take(path)
        }
      }
    }
    return modes
  }

  private mutating func take(_ path: String) throws(ShippingError) {
    if let objection = TreePath.objection(toNewFile: path) ?? TreePath.objection(toFile: path) {
      throw .protectedPath(path, reason: objection)
    }
    if let parent = taken.obstacle(to: path) { throw .parentIsNoFolder(path, parent: parent) }
    guard taken.take(path) else { throw .pathTaken(path) }
    added.insert(path)
  }

  private func check(_ entry: TreeEntry) throws(ShippingError) {
    guard entry.kind == .file || entry.kind == .executable else {
      throw .protectedPath(entry.path, reason: "it is a link or a submodule")
    }
    if let objection = TreePath.objection(toFile: entry.path) {
      throw .protectedPath(entry.path, reason: objection)
    }
  }
}

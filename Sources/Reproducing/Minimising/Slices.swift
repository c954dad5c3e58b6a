/// What may be left out at once, since the failing run did not read it; the smallest remainder first.
struct Slices {
  let outline: Outline
  let keepsFields: Bool
  /// When each node, or one inside it, was read last.
  private var moments: [Int: Int] = [:]
  private var reached: Set<Int> = []

  init(outline: Outline, keepsFields: Bool, reads: [[Int]]) {
    self.outline = outline
    self.keepsFields = keepsFields
    for (moment, path) in reads.enumerated() {
      guard let node = outline.node(path) else { continue }
      reached.insert(node)
      for each in sequence(first: node, next: { outline.nodes[$0].parent }) {
        moments[each] = moment
      }
    }
  }

  /// With the latest read item of each list, with all that was read; each without and with what was asked for and not looked into.
  var all: [[Int: Outline.Edit]] {
    guard !moments.isEmpty else { return [] }
    return [(true, false), (true, true), (false, false), (false, true)].map {
      edits(onlyLatest: $0.0, keepingUnopened: $0.1)
    }
  }

  private func edits(onlyLatest: Bool, keepingUnopened: Bool) -> [Int: Outline.Edit] {
    var edits: [Int: Outline.Edit] = [:]
    var queue = outline.nodes.indices.filter {
      outline.nodes[$0].parent == nil && moments[$0] != nil
    }
    while let number = queue.popLast() {
      let node = outline.nodes[number]
      if keepsFields, node.kind == .map {
        queue += node.children.filter { !outline.nodes[$0].children.isEmpty }
        continue
      }
      var kept = node.children.filter { moments[$0] != nil }
      if kept.isEmpty, keepingUnopened { continue }
      if onlyLatest, node.kind == .sequence {
        kept = kept.max { moments[$0, default: 0] < moments[$1, default: 0] }.map { [$0] } ?? []
      }
      for child in node.children where !kept.contains(child) { edits[child] = .remove }
      queue += kept.filter { !outline.nodes[$0].children.isEmpty }
    }
    return edits
  }
}

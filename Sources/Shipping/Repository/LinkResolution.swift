/// Where the symbolic links of a tree lead, on the tree alone: no file system is asked.
struct LinkResolution {
  /// Targets by the bytes of the link's path: two spellings of one letter are two paths.
  private let targets: [[UInt8]: [UInt8]]

  init(_ targets: [[UInt8]: [UInt8]]) { self.targets = targets }

  /// Whether the link, followed to its end through all links on the way, never leaves the tree.
  ///
  /// Law: `..` leads to the parent of the place that was reached, not of the text before it.
  func staysInside(_ link: [UInt8]) -> Bool {
    var place: [ArraySlice<UInt8>] = []
    var rest = Array(components(of: link).reversed())
    var steps = 0
    while let name = rest.popLast() {
      steps += 1
      guard steps < 10_000 else { return false }
      if name.elementsEqual("..".utf8) {
        guard place.popLast() != nil else { return false }
        continue
      }
      if name.elementsEqual(".".utf8) { continue }
      place.append(name)
      guard let target = targets[Array(place.joined(separator: [slash]))] else { continue }
      guard let first = target.first, first != slash, !target.contains(0) else { return false }
      place.removeLast()
      rest += components(of: target).reversed()
    }
    return true
  }

  private var slash: UInt8 { UInt8(ascii: "/") }

  private func components(of path: [UInt8]) -> [ArraySlice<UInt8>] {
    path.split(separator: slash)
  }
}

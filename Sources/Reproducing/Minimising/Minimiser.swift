import Failures
import Languages

/// Makes the data of a program smaller as long as it fails for the same cause.
///
/// The laws: what comes back fails as the program did; it is never larger (shortlex on its canonical bytes); a second run
/// changes nothing, as long as no limit was met. What the failing run did not read goes first, in one trial; then the tree,
/// its largest parts first; then texts and numbers, equal ones together, since they may be links; to a fixpoint.
struct Minimiser {
  /// Whether a program fails for the cause.
  let fails: (Program) throws -> Bool
  /// What a run of the program read of its collections, the latest last: the number of a collection in the outline, and the
  /// positions that lead to what was read.
  let reads: (Outline) throws -> [[Int]]
  /// Whether maps keep their fields, and texts and numbers stay: what the failing run did not read, a run that does not fail may.
  let keepsFields: Bool
  let calls: Int
  let isInTime: () -> Bool

  private(set) var spent = 0
  private var known: [Canonical: Bool] = [:]
  private var smallest = Canonical(Program(entry: .value(.null)))

  init(
    keepsFields: Bool = false, calls: Int, isInTime: @escaping () -> Bool = { true },
    reads: @escaping (Outline) throws -> [[Int]] = { _ in [] },
    fails: @escaping (Program) throws -> Bool
  ) {
    self.keepsFields = keepsFields
    self.calls = calls
    self.isInTime = isInTime
    self.reads = reads
    self.fails = fails
  }

  /// The smallest program that was found.
  mutating func minimised(_ program: Program) throws -> Program {
    var current = program
    smallest = Canonical(program)
    current = try slice(current)
    for _ in 0..<8 {
      let before = smallest
      current = try prune(current)
      if !keepsFields { current = try simplify(current) }
      if smallest == before { break }
    }
    return current.mapInputs { $0.isLiteral ? $0.folded : nil }
  }

  /// Whether a smaller program fails for the cause; what was asked before is not asked again.
  private mutating func holds(_ candidate: Program) throws -> Bool {
    let canonical = Canonical(candidate)
    guard canonical < smallest else { return false }
    if known[canonical] == nil {
      guard spent < calls, isInTime() else { return false }
      spent += 1
      known[canonical] = try fails(candidate.mapInputs { $0.isLiteral ? $0.folded : nil })
    }
    guard known[canonical] == true else { return false }
    smallest = canonical
    return true
  }

  // MARK: what was read

  private mutating func slice(_ program: Program) throws -> Program {
    let outline = Outline(program)
    let slices = Slices(
      outline: outline, keepsFields: keepsFields, reads: try reads(outline))
    for edits in slices.all {
      let candidate = outline.applying(edits)
      if try holds(candidate) { return candidate }
    }
    return program
  }

  // MARK: the tree

  /// Leaves parts of collections out, those of the largest first.
  private mutating func prune(_ program: Program) throws -> Program {
    let outline = Outline(program)
    var edits: [Int: Outline.Edit] = [:]
    let collections = outline.nodes.indices.filter {
      !outline.nodes[$0].children.isEmpty && !(keepsFields && outline.nodes[$0].kind == .map)
    }
    for number in collections.sorted(by: { outline.nodes[$0].size > outline.nodes[$1].size })
    where !outline.isGone(number, edits) {
      _ = try fewest(outline.nodes[number].children) { minimiser, left in
        var tried = edits
        for child in outline.nodes[number].children where !left.contains(child) {
          tried[child] = .remove
        }
        guard try minimiser.holds(outline.applying(tried)) else { return false }
        edits = tried
        return true
      }
    }
    return outline.applying(edits)
  }

  /// Delta debugging: leaves out all, halves, quarters and so on to single ones, as long as `holds` says so.
  private mutating func fewest<Item>(
    _ items: [Item], _ holds: (inout Minimiser, [Item]) throws -> Bool
  ) throws -> [Item] {
    var kept = items
    var size = kept.count
    while size >= 1, !kept.isEmpty {
      var start = kept.count
      while start > 0 {
        let from = max(0, start - size)
        let rest = Array(kept[..<from] + kept[start...])
        if try holds(&self, rest) { kept = rest }
        start = from
      }
      size /= 2
    }
    return kept
  }

  // MARK: texts and numbers

  private mutating func simplify(_ program: Program) throws -> Program {
    let outline = Outline(program)
    var places: [CapturedValue: [Int]] = [:]
    for (number, node) in outline.nodes.enumerated() {
      if case .scalar(let value) = node.kind { places[value, default: []].append(number) }
    }
    let classes = places.filter { !Scalars.simpler(than: $0.key).isEmpty }.sorted {
      ($1.value.count * outline.nodes[$1.value[0]].size, $0.value[0])
        < ($0.value.count * outline.nodes[$0.value[0]].size, $1.value[0])
    }.map { (value: $0.key, places: $0.value) }
    var edits: [Int: Outline.Edit] = [:]
    func replacing(_ group: [(value: CapturedValue, places: [Int])], _ value: CapturedValue?)
      -> [Int: Outline.Edit]
    {
      group.reduce(into: edits) { edits, each in
        guard let simple = value ?? Scalars.simpler(than: each.value).first else { return }
        for place in each.places { edits[place] = .replace(simple) }
      }
    }
    /// All at once, else each half by itself, else one by one.
    func settle(
      _ minimiser: inout Minimiser, _ group: [(value: CapturedValue, places: [Int])]
    ) throws {
      guard !group.isEmpty else { return }
      let tried = replacing(group, nil)
      if try minimiser.holds(outline.applying(tried)) {
        edits = tried
      } else if group.count > 1 {
        try settle(&minimiser, Array(group[..<(group.count / 2)]))
        try settle(&minimiser, Array(group[(group.count / 2)...]))
      } else {
        for value in Scalars.simpler(than: group[0].value).dropFirst() {
          let tried = replacing(group, value)
          if try minimiser.holds(outline.applying(tried)) {
            edits = tried
            return
          }
        }
        try shorten(&minimiser, group[0])
      }
    }
    /// A text that has to be there, without what of it need not.
    func shorten(
      _ minimiser: inout Minimiser, _ one: (value: CapturedValue, places: [Int])
    ) throws {
      _ = try minimiser.fewest(Scalars.pieces(of: one.value)) { minimiser, left in
        let tried = replacing([one], Scalars.joined(left, like: one.value))
        guard try minimiser.holds(outline.applying(tried)) else { return false }
        edits = tried
        return true
      }
    }
    try settle(&self, classes)
    return outline.applying(edits)
  }
}

extension Outline {
  /// Whether a node was left out or replaced with what is around it.
  fileprivate func isGone(_ number: Int, _ edits: [Int: Edit]) -> Bool {
    sequence(first: number) { nodes[$0].parent }.contains { edits[$0] != nil }
  }
}

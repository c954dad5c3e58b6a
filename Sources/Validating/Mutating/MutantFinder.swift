import Languages

/// All mutants of a file, in the order of the source.
///
/// Laws: no two have the same identity or make the same file; each replaces its text by another; taking it back gives the file
/// byte for byte; a change of one function leaves the identities in all others as they are.
public struct MutantFinder: Sendable {
  private let notation: Notation

  public init(notation: Notation) { self.notation = notation }

  /// The mutants that touch one of these lines (counted from 1); of the whole file without.
  public func mutants(of file: SourceFile, lines: [ClosedRange<Int>]? = nil) -> [Mutant] {
    var walk = MutantWalk(listing: Listing(file, notation))
    walk.visit(file.root)
    // What is not asked for is counted too: an identity does not depend on what is asked.
    guard let lines else { return walk.mutants }
    return walk.mutants.filter { mutant in
      lines.contains { $0.overlaps(mutant.span.lines) }
    }
  }
}

extension Mutant {
  /// The file's text with this change.
  public func applied(to text: String) -> String {
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(span.bytes, with: replacement.utf8)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// One pass over a tree.
struct MutantWalk {
  let listing: Listing
  private(set) var mutants: [Mutant] = []
  private var ancestors: [SourceNode] = []
  /// Names of the types and functions around, outermost first.
  private var names: [String] = []
  private var function: String?
  private var counts: [[String]: Int] = [:]
  private var seen = Set<SmallestChange>()

  init(listing: Listing) { self.listing = listing }

  mutating func visit(_ node: SourceNode) {
    guard !Exclusion.leavesOut(node, below: ancestors, listing) else { return }
    let site = MutationSite(listing: listing, node: node, ancestors: ancestors)
    for operation in MutationOperator.all {
      for change in operation.changes(site) { add(change, operation.name) }
    }
    guard !Exclusion.leavesOutParts(of: node) else { return }
    for child in node.children { visit(child, of: node) }
  }

  private mutating func visit(_ child: SourceNode, of node: SourceNode) {
    let outer = (names, function)
    // Defaults, decorators and bases run where the function stands, not when it is called.
    if child.role == .body, node.kind == .function || node.kind == .type {
      names.append(node.label)
      if node.kind == .function { function = names.joined(separator: ".") }
    }
    ancestors.append(node)
    visit(child)
    ancestors.removeLast()
    (names, function) = outer
  }

  /// Gives a change its identity, unless it changes nothing or another does the same.
  private mutating func add(_ change: MutationChange, _ operation: String) {
    let original = listing.text(change.span.bytes)
    guard original != change.replacement, seen.insert(listing.smallest(change)).inserted else {
      return
    }
    let key = [function ?? "", operation, original, change.replacement]
    mutants.append(
      Mutant(
        path: listing.file.path, function: function, operation: operation, original: original,
        replacement: change.replacement, occurrence: counts[key, default: 0], span: change.span))
    counts[key, default: 0] += 1
  }
}

/// A change without what it leaves as it is: equal ones make the same file.
private struct SmallestChange: Hashable {
  var bytes: Range<Int>
  var replacement: [UInt8]
}

extension Listing {
  fileprivate func smallest(_ change: MutationChange) -> SmallestChange {
    var range = change.span.bytes
    var new = Array(change.replacement.utf8)[...]
    while let first = new.first, !range.isEmpty, first == self[range.lowerBound] {
      new.removeFirst()
      range = (range.lowerBound + 1)..<range.upperBound
    }
    while let last = new.last, !range.isEmpty, last == self[range.upperBound - 1] {
      new.removeLast()
      range = range.lowerBound..<(range.upperBound - 1)
    }
    // What is only taken out may be taken out a little later with the same effect.
    while new.isEmpty, range.upperBound < count, self[range.lowerBound] == self[range.upperBound] {
      range = (range.lowerBound + 1)..<(range.upperBound + 1)
    }
    while range.isEmpty, range.upperBound < count, let first = new.first,
      first == self[range.upperBound]
    {
      new = new.dropFirst() + [first]
      range = (range.lowerBound + 1)..<(range.upperBound + 1)
    }
    return SmallestChange(bytes: range, replacement: Array(new))
  }
}

import Failures
import Languages

/// One changed file of source: both trees, and what is new and what is gone between them.
struct FileChange: Sendable {
  let path: String
  /// `nil` for a new file.
  let before: Syntax?
  /// `nil` for a removed one.
  let after: Syntax?
  let lines: LineDifference
  /// Places of the tree after whose code was not there before, outermost first.
  let added: [Int]
  /// Places of the tree before whose code is not there after.
  let removed: [Int]

  init(path: String, before: Syntax?, after: Syntax?) {
    self.path = path
    self.before = before
    self.after = after
    lines = LineDifference(from: before?.file.text ?? "", to: after?.file.text ?? "")
    added = Self.fresh(after, beside: before, lines.hunks.map(\.after))
    removed = Self.fresh(before, beside: after, lines.hunks.map(\.before))
  }

  /// What stands on changed lines and is there more often than on the other side.
  private static func fresh(
    _ syntax: Syntax?, beside other: Syntax?, _ ranges: [Range<Int>]
  ) -> [Int] {
    guard let syntax else { return [] }
    let here = syntax.shapes
    let there = other?.shapes ?? [:]
    let changed = IndexSet(ranges)
    return syntax.places.indices.filter { index in
      let place = syntax.places[index]
      return here[place.shape, default: 0] > there[place.shape, default: 0]
        && changed.meets(place.node.span.lines)
    }
  }

  /// Qualified names of the functions that the change touches, on either side.
  var functions: Set<String> {
    var names: Set<String> = []
    for (syntax, indices) in [(before, removed), (after, added)] {
      guard let syntax else { continue }
      for index in indices {
        guard let function = syntax.function(index) else { continue }
        names.insert(syntax.name(of: function))
      }
    }
    return names
  }

  /// Lines after the change, counted from 1, on which the change stands.
  var addedLines: Set<Int> { Set(lines.hunks.flatMap { $0.after.map { $0 + 1 } }) }
  /// Lines before the change, counted from 1, that it took away.
  var removedLines: Set<Int> { Set(lines.hunks.flatMap { $0.before.map { $0 + 1 } }) }
}

/// Runs of lines, counted from 0.
private struct IndexSet {
  let ranges: [Range<Int>]

  init(_ ranges: [Range<Int>]) { self.ranges = ranges }

  /// Whether any of these lines, counted from 1, is in one of the runs.
  func meets(_ lines: ClosedRange<Int>) -> Bool {
    ranges.contains { $0.lowerBound < lines.upperBound && $0.upperBound > lines.lowerBound - 1 }
  }
}

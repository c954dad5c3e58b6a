import Languages

/// The mutants of the patched tree that tell whether tests hold a patch in place.
///
/// A test that proves a fix kills everything in ``undone`` and ``weakened``: there the fix protects less than it did.
public struct PatchMutants: Sendable, Hashable {
  /// Where the two texts differ.
  public var hunks: [Hunk]
  /// One for each hunk, or for several that one statement holds together: the lines as they were before. The operation is
  /// ``undoHunk``.
  public var undone: [Mutant]
  /// The whole file as it was before: for hunks that cannot be undone one by one. `nil` where nothing differs.
  public var undoneTogether: Mutant?
  /// Conditions that the patch added or changed, so that the fix protects less: ``disableGuard`` takes all of a guard's
  /// effect, ``narrowGuard`` drops a part of it or moves its bound.
  public var weakened: [Mutant]
  /// The same conditions the other way: the guard acts more often than the patch says (``widenGuard``).
  public var widened: [Mutant]
  /// All other operators on the changed lines.
  public var others: [Mutant]

  public static let undoHunk = "undo-hunk"
  public static let disableGuard = "disable-guard"
  public static let narrowGuard = "narrow-guard"
  public static let widenGuard = "widen-guard"

  /// - Parameters:
  ///   - before: `nil` for a file that the patch adds.
  ///   - after: the file as the patch leaves it.
  public init(before: SourceFile?, after: SourceFile, notation: Notation) {
    let old = before ?? SourceFile(path: after.path, text: "", root: after.root.emptied)
    let difference = LineDifference(from: old.text, to: after.text)
    let listings = (Listing(old, notation), Listing(after, notation))
    let grouping = HunkGrouping(difference, before: old.root, after: after.root)
    hunks = grouping.hunks
    let names = MutantNaming(path: after.path)
    undone = names.named(
      grouping.groups.map { group in
        NamedChange(
          function: grouping.function(of: group), operation: Self.undoHunk,
          span: listings.1.span(
            ofLines: group.after.lowerBound + 1, upTo: group.after.upperBound + 1),
          original: difference.after[group.after].joined(),
          replacement: difference.before[group.before].joined())
      })
    undoneTogether =
      hunks.isEmpty
      ? nil
      : Mutant(
        path: after.path, function: nil, operation: Self.undoHunk, original: after.text,
        replacement: old.text, occurrence: 0,
        span: listings.1.span(ofLines: 1, upTo: difference.after.count + 1))
    let guards = PatchedGuards(hunks, before: listings.0, after: listings.1).changes
    weakened = names.named(guards.filter { $0.operation != Self.widenGuard })
    widened = names.named(guards.filter { $0.operation == Self.widenGuard })
    let lines = hunks.compactMap { hunk in
      hunk.after.isEmpty ? nil : (hunk.after.lowerBound + 1)...hunk.after.upperBound
    }
    let known = Set((weakened + widened).map { [$0.span.bytes.description, $0.replacement] })
    others = MutantFinder(notation: notation).mutants(of: after, lines: lines).filter {
      !known.contains([$0.span.bytes.description, $0.replacement])
    }
  }
}

extension SourceNode {
  fileprivate var emptied: SourceNode {
    SourceNode(
      kind, label: label, role: role, span: SourceSpan(bytes: 0..<0, lines: 1...1, column: 0))
  }
}

/// A change with all of its identity but the occurrence.
struct NamedChange {
  var function: String?
  var operation: String
  var span: SourceSpan
  var original: String
  var replacement: String
}

/// Counts equal changes, in the order of the source.
struct MutantNaming {
  let path: String

  func named(_ changes: [NamedChange]) -> [Mutant] {
    var counts: [[String]: Int] = [:]
    return changes.map { change in
      let key = [change.function ?? "", change.operation, change.original, change.replacement]
      defer { counts[key, default: 0] += 1 }
      return Mutant(
        path: path, function: change.function, operation: change.operation,
        original: change.original, replacement: change.replacement,
        occurrence: counts[key, default: 0], span: change.span)
    }
  }
}

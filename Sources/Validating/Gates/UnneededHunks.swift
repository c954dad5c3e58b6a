import Failures
import Languages

/// What to make of a part of a patch that nothing misses when it is undone or weakened.
///
/// The rule: code that no test and no nearby input misses is unproven. It fails where it changes what the program computes in a
/// function that the failure does not pass through: then it is another change that came along. In a function of the failing path
/// it is shown, and in a function in which another hunk is needed; so is what only protects more, what only changes words, and
/// what is declared and not yet used. A guard that could be wider or narrower is shown: where it does too much, the inputs that
/// worked before tell it.
struct UnneededHunks {
  let changes: ChangeSet
  let test: RegressionTest
  let notation: Notation
  /// Functions in which another hunk is needed, `path:function`.
  let needed: Set<String>

  func findings(_ mutant: Mutant) -> [Finding] {
    let place = "\(mutant.path):\(mutant.span.lines.lowerBound)"
    switch mutant.operation {
    case PatchMutants.undoHunk: return [hunk(mutant, place)]
    default:
      return [
        .note(
          "\(place) `\(mutant.original.brief)` could be `\(mutant.replacement.brief)` and nothing would tell"
        )
      ]
    }
  }

  private func hunk(_ mutant: Mutant, _ place: String) -> Finding {
    guard let change = changes.sources.first(where: { $0.path == mutant.path }),
      let after = change.after
    else { return .note("\(place) is not needed") }
    let lines = mutant.span.lines
    let touched = change.added.filter { after.node($0).span.lines.overlaps(lines) }
    let isEmpty = mutant.original.allSatisfy(\.isWhitespace)
    let weight =
      isEmpty ? removedWeight(change, mutant) : weight(touched, after, change, mutant)
    let function = mutant.function ?? ""
    let isOnPath =
      needed.contains("\(mutant.path):\(function)") || isOnFailingPath(function, mutant.path)
      || isBeside(touched, after, change)
    let name = function.isEmpty ? "code that runs at import" : "`\(function)`"
    switch weight {
    case .words: return .note("\(place) changes only words in \(name)")
    case .declares: return .note("\(place) declares something that nothing needs yet")
    case .protects:
      return .note("\(place) protects more in \(name), which no test needs")
    case .computes where isOnPath:
      return .note("\(place) changes \(name) where nothing tells the difference")
    case .computes:
      return .harm(
        "\(place) changes \(name), through which the failure does not pass: another change that came along"
      )
    }
  }

  enum Weight { case words, declares, protects, computes }

  private func removedWeight(_ change: FileChange, _ mutant: Mutant) -> Weight {
    guard let before = change.before else { return .words }
    let text = mutant.replacement
    let gone = change.removed.filter { text.contains(before.text($0)) }
    let isCode = gone.contains { index in
      ![.importing, .pass].contains(before.node(index).kind) && !before.children(index).isEmpty
    }
    return isCode ? .computes : .words
  }

  /// What new code does.
  private func weight(
    _ touched: [Int], _ after: Syntax, _ change: FileChange, _ mutant: Mutant
  ) -> Weight {
    let fresh = Set(touched)
    let definitions = touched.filter { index in
      [.function, .type].contains(after.node(index).kind)
        && after.children(index, .body).allSatisfy(fresh.contains)
    }
    let rest = touched.filter { index in
      !definitions.contains { $0 == index || after.inside($0).contains(index) }
    }
    if rest.allSatisfy({ isDeclaration($0, after) }) { return .declares }
    if rest.allSatisfy({ isWords($0, after) || isAround($0, of: rest, after) }) { return .words }
    let isAddition = mutant.replacement.allSatisfy(\.isWhitespace)
    let guards: Set<SourceNode.Kind> = [
      .branch, .handler, .attempt, .check, .conditional, .boolean,
    ]
    let protects = rest.contains { index in
      guard guards.contains(after.node(index).kind) else { return false }
      return isAddition || keepsOld(index, after, change)
    }
    return protects ? .protects : .computes
  }

  private func isDeclaration(_ index: Int, _ after: Syntax) -> Bool {
    ([index] + after.around(index)).contains {
      [.importing, .annotation, .pass].contains(after.node($0).kind)
        || after.node($0).role == .annotation
    } || after.node(index).kind == .module
  }

  /// Texts that only people read: documentation, messages, lines of a log.
  private func isWords(_ index: Int, _ after: Syntax) -> Bool {
    let node = after.node(index)
    guard node.kind == .formatted || node.kind == .literal && node.label == "string" else {
      return isDeclaration(index, after)
    }
    return after.around(index).contains { outer in
      switch after.node(outer).kind {
      case .fail: return true
      case .call:
        if case .logging = notation.conventions.meaning(after.callee(outer)) { return true }
        return false
      case .evaluate: return after.children(outer).first == index
      default: return false
      }
    } || after.node(index).role == .message
  }

  /// Whether a place is new only because of what is new inside it.
  private func isAround(_ index: Int, of all: [Int], _ after: Syntax) -> Bool {
    all.contains { after.inside(index).contains($0) }
  }

  /// Whether what stood here before is now an arm, a part or the body of this, unchanged and whole: then it is done under a further
  /// condition, or with a way out. A condition that asks for something else is no further one.
  private func keepsOld(_ index: Int, _ after: Syntax, _ change: FileChange) -> Bool {
    guard let before = change.before else { return false }
    let old = Set(
      change.lines.hunks.flatMap { hunk in
        before.places.filter {
          $0.node.span.lines.lowerBound > hunk.before.lowerBound
            && $0.node.span.lines.upperBound <= hunk.before.upperBound
        }.map(\.shape)
      })
    return after.children(index).contains { inner in
      after.inside(inner).count > 0 && old.contains(after.places[inner].shape)
    }
  }

  /// The failing path's functions, by name.
  private func isOnFailingPath(_ function: String, _ path: String) -> Bool {
    let last = function.lastName
    let certificate = test.reproduction.certificate
    let places = certificate.path + [certificate.innermost].compactMap(\.self)
    return places.contains("\(path):\(last)") || places.contains("\(path):\(function)")
      || test.reproduction.path.contains {
        $0.path == path && $0.symbol.path.joined(separator: ".") == function
      }
  }

  /// A site that repeats what the needed hunk mends: the same new code stands in a function of the failing path.
  private func isBeside(_ touched: [Int], _ after: Syntax, _ change: FileChange) -> Bool {
    let shapes = Set(
      touched.filter {
        (after.children($0).count > 1 || after.node($0).kind == .argument) && !isOnPath($0, change)
      }
      .map { after.places[$0].shape })
    return changes.sources.contains { other in
      guard let tree = other.after else { return false }
      return other.added.contains { index in
        shapes.contains(tree.places[index].shape) && isOnPath(index, other)
      }
    }
  }

  private func isOnPath(_ index: Int, _ change: FileChange) -> Bool {
    change.function(around: index).map { isOnFailingPath($0, change.path) } ?? false
  }
}

import Failures
import Languages

/// Inputs that worked before do the same after: those of the suite's recorded calls, and those near the failing one; or all of
/// them, where the patch only reaches what failed.
struct UnchangedElsewhere {
  let neighbours: NeighbourComparison
  /// `nil` where no suite was run.
  let calls: CallComparison?
  /// Whether the patch asks for particular values: then an input of the same kind that still fails was left out on purpose.
  let isPicky: Bool
  /// What the patch's text shows: asked only where nothing can be compared.
  let proof: OnlyFailures

  func gate() throws -> Gate {
    let harm = callFindings + neighbourFindings
    if let first = harm.first {
      return Gate(.unchangedElsewhere, .failed, first + ".", details: Array(harm.prefix(20)))
    }
    if let first = doubts.first {
      return Gate(
        .unchangedElsewhere, .notRun, "A person has to decide: \(first).",
        details: Array(doubts.prefix(20)))
    }
    let worked = neighbours.count(.same)
    let equal = calls?.equal ?? 0
    var details: [String] = []
    let mended = neighbours.count(.mended)
    if mended > 0 {
      details.append("\(mended.of("nearby input")) failed alike before and no longer")
    }
    if let calls, calls.inexact > 0 {
      details.append(
        "\(calls.inexact.of("recorded call")) cannot be compared exactly and \(calls.inexact.are) left out"
      )
    }
    if let calls, calls.unstable > 0 {
      details.append(
        "\(calls.unstable.of("recorded call")) \(calls.unstable.are) not the same twice without the patch, and left out"
      )
    }
    let unclear = neighbours.count(.unclear)
    if unclear > 0 {
      details.append("\(unclear.of("nearby input")) cannot be compared and \(unclear.are) left out")
    }
    if let trouble = neighbours.trouble {
      details.append("nearby inputs were not tried: \(trouble)")
    }
    guard worked + equal > 0 else {
      let shown = try proof.words()
      if let first = shown.first {
        return Gate(
          .unchangedElsewhere, .passed,
          "By its text the patch only reaches what failed: \(first), and all else runs as before.",
          details: shown.dropFirst() + details)
      }
      return Gate(
        .unchangedElsewhere, .notRun,
        "Nothing could be compared: no nearby input works without the patch, and no test of the suite calls what it changes.",
        details: details)
    }
    return Gate(
      .unchangedElsewhere, .passed,
      "\(worked.of("nearby input")) and \(equal.of("recorded call")) of the changed functions do the same before and after.",
      details: details)
  }

  /// What is told apart by inputs for which the code was hardly made.
  private var doubts: [String] {
    zip(neighbours.findings, neighbours.pairs).compactMap { finding, pair in
      switch finding {
      case .differs(let what) where pair.neighbour.isFarther:
        "with \(pair.neighbour.changed) it worked before, and now \(what)"
      case .stillFails where pair.neighbour.isSameKind && !isPicky:
        "with \(pair.neighbour.changed) it fails as production did, with the patch too"
      default: nil
      }
    }
  }

  /// Whether something was seen that only a person can weigh.
  var isDoubtful: Bool { !doubts.isEmpty }

  private var callFindings: [String] {
    (calls?.differences ?? []).map {
      "`\($0.function.name)` in \($0.function.path), called by \($0.test): \($0.what)"
    }
  }

  private var neighbourFindings: [String] {
    var found: [String] = []
    for (finding, pair) in zip(neighbours.findings, neighbours.pairs) {
      switch finding {
      case .differs(let what) where !pair.neighbour.isFarther:
        found.append("With \(pair.neighbour.changed) it worked before, and now \(what)")
      case .stillFails where pair.neighbour.isSameKind && isPicky:
        found.append(
          "With \(pair.neighbour.changed) it fails as production did, with the patch too")
      case .letIn(let type):
        found.append(
          "With \(pair.neighbour.changed) it was refused with `\(type)` on purpose, and is let in now"
        )
      default: break
      }
    }
    return found
  }
}

extension ChangeSet {
  /// Whether new code compares with a constant that stands for more than nothing, none or one.
  var isPicky: Bool {
    sources.contains { change in
      guard let after = change.after else { return false }
      return change.added.contains { index in
        guard after.node(index).kind == .literal, !after.node(index).isPlain(after.text(index)),
          let outer = after.around(index).first(where: {
            ![.list, .tuple, .set, .unary].contains(after.node($0).kind)
          })
        else { return false }
        return after.node(outer).kind == .comparison || after.node(outer).kind == .entry
          || after.node(outer).kind == .other
      }
    }
  }
}

extension SourceNode {
  /// Nothing, yes, no, zero, one, and what is empty.
  fileprivate func isPlain(_ text: String) -> Bool {
    switch label {
    case "null", "bool", "ellipsis": true
    case "integer", "float": ["0", "1", "0.0", "1.0"].contains(text)
    default: text.unquoted.isEmpty
    }
  }
}

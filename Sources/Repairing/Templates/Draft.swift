import Languages

/// A change that a template has in mind, before it is a file's whole text.
struct Draft: Sendable, Hashable {
  var template: String
  var edits: [SourceEdit]
  var strength: Proposal.Strength
  var reason: String
  /// Of two with the same strength the one that fits better comes first.
  var fit: Int

  init(
    _ template: String, _ edits: [SourceEdit], _ strength: Proposal.Strength, fit: Int = 0,
    reason: String
  ) {
    self.template = template
    self.edits = edits
    self.strength = strength
    self.fit = fit
    self.reason = reason
  }
}

extension Draft {
  /// Both changes; `nil` where they touch the same text, or are the same.
  func joined(with other: Draft) -> Draft? {
    let touches = edits.contains { edit in
      other.edits.contains { $0 == edit || $0.path == edit.path && $0.bytes.overlaps(edit.bytes) }
    }
    guard !touches else { return nil }
    return Draft(
      template, edits + other.edits, min(strength, other.strength), fit: other.fit,
      reason: reason == other.reason ? reason : "\(reason); \(other.reason)")
  }
}

/// Which line of a file a line of its changed text was.
struct MovedLines {
  private let moves: [(line: Int, by: Int)]

  init(_ source: Source, _ edits: [SourceEdit]) {
    var moved = 0
    moves = edits.filter { $0.path == source.file.path }.sorted {
      $0.bytes.lowerBound < $1.bytes.lowerBound
    }.map { edit in
      let begins = source.text(0..<edit.bytes.lowerBound).count { $0.isNewline } + 1
      let by =
        edit.text.count { $0.isNewline } - source.text(edit.bytes).count { $0.isNewline }
      defer { moved += by }
      return (begins + moved, by)
    }
  }

  func before(_ line: Int) -> Int {
    moves.reversed().reduce(line) { line, move in
      line > move.line || (move.by > 0 && line >= move.line + move.by) ? line - move.by : line
    }
  }
}

/// A way of mending: it looks at one site, and says what it would do there and why.
protocol Template: Sendable {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft]
}

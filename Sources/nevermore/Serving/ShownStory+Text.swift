import Storage

extension ShownStory {
  /// One line for each thing that happened, the oldest first. What came from outside steers no terminal.
  var text: String {
    var lines: [String] = []
    if let event {
      lines.append(
        "event    \(event.identity)  \(event.receivedAt.inUTC)  \(event.outcome.rawValue)")
      lines.append("data     \(holdsData ? "kept" : "not kept")")
    }
    guard let failure else { return (lines + ["project  \(project)"]).joined(separator: "\n") }
    lines += [
      "failure  \(failure.identity)  \(failure.state.rawValue)",
      "project  \(project)",
      "what     \(failure.signature)",
      "events   \(failure.events), \(failure.firstSeen.inUTC) to \(failure.lastSeen.inUTC)",
    ]
    if let branch = failure.branch { lines.append("branch   \(branch)") }
    if let request = failure.pullRequest { lines.append("request  \(request)") }
    return (lines + chapters.flatMap(\.lines)).map(\.withoutControls).joined(separator: "\n")
  }
}

extension FailureStory.Chapter {
  fileprivate var lines: [String] {
    var lines = ["\(attempt.openedAt.inUTC)  case opened: \(attempt.reason.rawValue)"]
    lines += steps.map { step in
      "\(step.at.inUTC)  \(step.stage): \(step.finding)  (\(Self.rounded(step.seconds)) s)"
    }
    switch attempt.state {
    case .ended:
      lines.append("\(attempt.endedAt?.inUTC ?? "")  case ended: \(attempt.outcome ?? "")")
    case .dead:
      lines.append(
        "\(attempt.endedAt?.inUTC ?? "")  given up after \(attempt.tries) tries: \(attempt.cause ?? "")"
      )
    case .held: lines.append("now  a worker has it, try \(attempt.tries)")
    case .waiting:
      let cause = attempt.cause.map { "; the last try ended with: \($0)" } ?? ""
      lines.append("now  it waits, \(attempt.tries) tries so far\(cause)")
    }
    return lines
  }

  private static func rounded(_ seconds: Double) -> String {
    "\((seconds * 10).rounded() / 10)"
  }
}

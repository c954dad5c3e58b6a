import Foundation
import Storage

/// A failure's way from its first event to its merge, in order.
struct StoryView {
  struct Entry {
    let at: MomentView
    let title: String
    let detail: String?
    let took: String?
    let tone: String
  }

  let entries: [Entry]

  init(_ story: FailureStory, now: Date) {
    var moments: [(Date, Entry)] = []
    func tell(
      _ at: Date, _ title: String, _ detail: String? = nil, took: Double? = nil,
      tone: String = "still"
    ) {
      moments.append(
        (
          at,
          Entry(
            at: MomentView(at, now: now), title: title, detail: detail,
            took: took.map(MomentView.duration), tone: tone)
        ))
    }
    tell(story.failure.firstSeen, "First event", tone: "busy")
    for chapter in story.chapters {
      let attempt = chapter.attempt
      tell(
        attempt.openedAt, attempt.reason == .ship ? "To be shipped" : "Case opened",
        attempt.reason.words)
      for step in chapter.steps {
        let again = step.tryNumber > 1 ? " (try \(step.tryNumber))" : ""
        tell(step.at, step.stage.capitalised + again, step.finding, took: step.seconds)
      }
      if let endedAt = attempt.endedAt {
        let outcome = attempt.outcome ?? "given up after \(attempt.tries) tries"
        tell(
          endedAt, "Ended: \(outcome)", attempt.cause,
          tone: attempt.state == .dead ? "bad" : "good")
      } else if let cause = attempt.cause {
        tell(now, "Try \(attempt.tries) came to nothing; it is tried again", cause, tone: "bad")
      }
    }
    for deed in story.deeds {
      tell(
        deed.at, deed.isDone ? "Done: \(deed.key)" : "Begun: \(deed.key)", deed.result, tone: "good"
      )
    }
    if story.failure.events > 1 {
      tell(story.failure.lastSeen, "Last event", "\(story.failure.events) in all", tone: "busy")
    }
    entries = moments.enumerated().sorted {
      ($0.element.0, $0.offset) < ($1.element.0, $1.offset)
    }.map(\.element.1)
  }
}

extension Attempt.Reason {
  fileprivate var words: String {
    switch self {
    case .new: "because the failure is new"
    case .recurred: "because it came back in a release with its fix"
    case .asked: "because a person asked"
    case .base: "because the base branch moved"
    case .ship: "its branch goes to the remote, and to a pull request"
    }
  }
}

extension String {
  fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
